import {after} from "node:test";

/** Closes what a test opened at its end, even if it fails: an open server would keep the process alive. */
export function closing<T extends {close(): unknown}>(opened: T): T {
  after(() => opened.close());
  return opened;
}
