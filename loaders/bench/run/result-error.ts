/** What was measured cannot be written: one line that says why and what to do. Exit code 1. */
export class ResultError extends Error {}
