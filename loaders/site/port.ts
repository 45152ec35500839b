import {once} from "node:events";
import {createServer} from "node:net";
import {UsageError} from "../errors/usage-error.js";

export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new UsageError(`“${text}” is not a port. Give a whole number up to 65535 (--help lists the flags)`);
  }
  return port;
}

/** The first free port at or above `start`. */
export async function freePort(start: number): Promise<number> {
  for (let port = start; port <= 65535; port += 1) if (await isFree(port)) return port;
  throw new Error(`No port from ${start} on is free. Name one with --port.`);
}

function isFree(port: number): Promise<boolean> {
  return tryPort(port, "127.0.0.1").then(
    () => true,
    () => false
  );
}

/** Rejects with the system's error if the port cannot be listened on. */
export async function tryPort(port: number, host: string): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, "listening");
  server.close();
  await once(server, "close");
}
