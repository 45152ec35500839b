import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {setTimeout as sleep} from "node:timers/promises";
import {Api} from "./api.js";
import {Arrivals} from "./arrivals.js";
import {type Clock, systemClock} from "./clock.js";
import {SimulatorLog} from "./simulator-log.js";
import {type SimulatorInput, type SimulatorOptions, simulatorOptions} from "./simulator-options.js";
import {warmUp} from "./warm-up.js";

export interface Simulator {
  url: string;
  /** The model's served name. */
  model: string;
  log: SimulatorLog;
  /** Cuts every connection, forgets counters and cache, and listens again after `restartMs`. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** At true speed. A client’s wave has gaps of a few tenths of a millisecond; a first token takes about 40 ms. */
const QUIET_MS = 1;

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("The server has no address."));
      else resolve(address);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function start(options: SimulatorOptions, clock: Clock): Promise<Simulator> {
  const log = new SimulatorLog(options.logFile, options.keepsLog);
  const arrivals = new Arrivals(clock, options.raw === null ? QUIET_MS / options.speed : 0);
  const closing = new AbortController();
  let restarting: Promise<void> | null = null;
  const newApi = () => new Api(options, clock, arrivals, log, () => void restart());
  let api = newApi();
  const server = createServer({keepAliveTimeout: 75_000}, (request, response) => {
    void api.handle(request, response);
  });
  server.on("connection", (socket) => arrivals.connected(socket));
  const {address, port} = await listen(server, options.host, options.port);

  async function restartNow(): Promise<void> {
    await stop(server);
    api = newApi();
    await sleep(options.restartMs, undefined, {signal: closing.signal}).catch(() => undefined);
    if (!closing.signal.aborted) await listen(server, options.host, port);
    restarting = null;
  }

  function restart(): Promise<void> {
    restarting ??= restartNow();
    return restarting;
  }

  return {
    url: `http://${address.includes(":") ? `[${address}]` : address}:${port}`,
    model: api.model,
    log,
    restart,
    async close() {
      closing.abort();
      await restarting;
      await stop(server);
      await log.close();
    }
  };
}

let warm: Promise<void> | null = null;

async function warmUpOnce(): Promise<void> {
  const throwAway = await start(simulatorOptions.parse({speed: 1000}), systemClock);
  await warmUp(throwAway.url);
  await throwAway.close();
}

/** Starts a server. The first one of a process warms it up. */
export async function launchSimulator(options: SimulatorOptions, clock = systemClock): Promise<Simulator> {
  warm ??= warmUpOnce();
  await warm;
  return start(options, clock);
}

/** Starts a server, on a free port unless one is given. */
export function startSimulator(input: SimulatorInput = {}, clock = systemClock): Promise<Simulator> {
  return launchSimulator(simulatorOptions.parse(input), clock);
}
