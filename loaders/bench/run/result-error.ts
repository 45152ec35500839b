/** A result cannot be written: the message says in one line why and what to do. Exit code 1. */
export class ResultError extends Error {}
