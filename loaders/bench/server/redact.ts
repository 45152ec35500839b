// Keeps the secrets of requests out of everything written, because a server may repeat them anywhere.

const SHORTEST_SECRET = 4;
/** If a text is cut inside a secret, this many characters of it or more still give it away. */
const SHORTEST_CUT = 8;
const MARK = "[redacted]";

export type Redact = (text: string) => string;

/**
 * Removes each secret from a text, with or without its scheme (`Bearer …`), and also the start of a secret that a cut
 * left at the end of the text.
 */
export function redactor(values: readonly string[]): Redact {
  const secrets = values
    .flatMap((value) => [value, value.replace(/\s+/g, " "), value.split(" ").at(-1) ?? "", ...cookies(value)])
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    secrets.reduce((clean, secret) => withoutCut(clean.replaceAll(secret, MARK), secret), text);
}

/** The pairs of a Cookie header, and their values, since a server may repeat either alone. */
function cookies(value: string): string[] {
  const pairs = value.split(";").map((pair) => pair.trim());
  return pairs.flatMap((pair) => (pair.includes("=") ? [pair, pair.slice(pair.indexOf("=") + 1)] : []));
}

function withoutCut(text: string, secret: string): string {
  for (let length = Math.min(secret.length - 1, text.length); length >= SHORTEST_CUT; length--) {
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + MARK;
  }
  return text;
}

/** Redacts every string and key in a JSON value. */
export function redactDeep(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item, redact)])
  );
}

/** Keys, or settings in a text, whose values are secret: `hf_token`, `ssl_keyfile_password`. */
const SECRET_KEY = /(^|_)(token|api_key|password|secret)s?$/i;
const SECRET_SETTING = /(\w*(?:token|api_key|password|secret)s?=)('[^']*'|"[^"]*"|[^\s,()]+)/gi;

/** A server's description of itself without the secrets it was started with, such as a model hub's token. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string")
    return value.replace(SECRET_SETTING, (whole, name, secret) =>
      /^(None|True|False|\d+)$/.test(secret) ? whole : `${name}${MARK}`
    );
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_KEY.test(key) && typeof item === "string" && item !== "" ? MARK : withoutSecrets(item)
    ])
  );
}

/** Where progress goes: a terminal or a file. */
export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** An output that redacts everything written to it. */
export function redacting(output: ProgressOutput, redact: Redact): ProgressOutput {
  return {
    write: (text) => output.write(redact(text)),
    isTTY: output.isTTY,
    get columns() {
      return output.columns;
    }
  };
}
