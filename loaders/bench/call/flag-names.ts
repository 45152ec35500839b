/** The names of flags in errors: what the author wrote, on a command line or elsewhere. */
export interface FlagNames {
  of: (flag: string) => string;
  /** How to send the secret that a URL must not contain. */
  secret: string;
}

/** The names of flags on a command line. */
export const TYPED: FlagNames = {
  of: (flag) => `--${flag}`,
  secret: "set OPENAI_API_KEY or pass --header"
};
