/** The server cannot be measured: one line that says why and what to do. Exit code 1. */
export class HostError extends Error {}
