/** What errors call the flags of a call: what their author wrote, on a command line or elsewhere. */
export interface FlagNames {
  of: (flag: string) => string;
  /** How to send the secret that a URL must not hold. */
  secret: string;
}

/** The flags of a call that somebody typed. */
export const TYPED: FlagNames = {
  of: (flag) => `--${flag}`,
  secret: "set OPENAI_API_KEY or pass --header"
};
