import {readFileSync} from "node:fs";

/** A step of a guide: a file to write, or commands to run. */
export type Step = {file: string; text: string} | {commands: string};

/** The steps of a guide: fences that name a file, and `sh` fences without a name. */
export function stepsOf(path: string): Step[] {
  const fences = readFileSync(path, "utf8").matchAll(/^(`{3,}|~{3,})(\w+)(?: (\S+))?\n(.*?)^\1$/gms);
  return Array.from(fences).flatMap(([, , language, name, text = ""]): Step[] => {
    if (language === "sh") return name === undefined ? [{commands: text}] : [];
    return name === undefined ? [] : [{file: name, text}];
  });
}
