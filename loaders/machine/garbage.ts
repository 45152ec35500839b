import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";
import {z} from "zod";

const Collect = z.custom<(options: {type: "minor"}) => void>((value) => typeof value === "function");

setFlagsFromString("--expose-gc");
const collect = Collect.parse(runInNewContext("gc"));
setFlagsFromString("--no-expose-gc");

/** Runs a minor garbage collection now, so that V8 does not choose a worse moment. */
export function collectYoung(): void {
  collect({type: "minor"});
}
