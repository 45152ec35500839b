// Tells whether a request had to wait for a socket that another one was using.

import {setImmediate as nextTurn} from "node:timers/promises";
import type {OpenRequest, RequestResult} from "../stream/open-request.js";
import type {Transport} from "../stream/transport.js";

const SOCKET_WAIT_MS = 5;

/**
 * Call this with a request that was just made. Two turns of the event loop later it resolves to a function that judges
 * the request's result. undici writes to a free socket on the next turn, so a request sent by then waited at most for
 * the event loop, and one for which a socket was opened did not wait for another's.
 */
export async function watchSocketWait(
  transport: Transport,
  request: OpenRequest
): Promise<(result: RequestResult) => boolean> {
  const socketsBefore = transport.socketsOpened;
  await nextTurn();
  await nextTurn();
  const isPrompt = request.isSent;
  return ({sentMs, startMs}) =>
    !isPrompt && transport.socketsOpened === socketsBefore && (sentMs ?? startMs) - startMs > SOCKET_WAIT_MS;
}
