import {after} from "node:test";

/** Has what a test opened closed at its end, also where the test fails: a server left open would keep the process. */
export function closing<T extends {close(): unknown}>(opened: T): T {
  after(() => opened.close());
  return opened;
}
