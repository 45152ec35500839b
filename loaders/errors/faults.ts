/** Something wrong in the input of a build: what, where, and what to do about it. */
export interface Fault {
  /** The file, relative to the folder that was read. */
  file: string;
  /** The place in the file: a JSON path, a line, a name. Empty for the whole file. */
  place: string;
  /** What is wrong and the remedy, in one sentence each. */
  message: string;
}

/** Stops a build; lists every fault found, not only the first. */
export class FaultsError extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(formatFault).join("\n"));
    this.name = "FaultsError";
  }
}

/** One line: `file: place: message`. */
export function formatFault({file, place, message}: Fault): string {
  return [file, place, message]
    .filter(Boolean)
    .join(": ")
    .replace(/\s*\n\s*/g, " ");
}

/** Throws a FaultsError if there are faults. */
export function stopOn(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new FaultsError(faults);
}
