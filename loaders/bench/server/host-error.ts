/** The server cannot be measured: the message says in one line why and what to do. Exit code 1. */
export class HostError extends Error {}
