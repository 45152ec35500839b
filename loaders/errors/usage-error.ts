/** A wrong call: its message says in one line what is wrong and what to do. The command ends with exit code 2. */
export class UsageError extends Error {}
