import type {z} from "zod";

/** Which key of a document is wrong, its value, and why that is wrong: a phrase without a full stop. */
export function firstIssue(error: z.ZodError, document: unknown): string {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null
        ? Object.entries(at).find(([name]) => name === String(key))?.[1]
        : undefined,
    document
  );
  const key =
    path.length === 0
      ? ""
      : `“${path.join(".")}” is ${value === undefined ? "missing" : JSON.stringify(value).slice(0, 40)}: `;
  return `${key}${issue?.message ?? "not understood"}`;
}
