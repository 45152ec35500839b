import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";
import {z} from "zod";

const Collect = z.custom<(options: {type: "minor"}) => void>((value) => typeof value === "function");

setFlagsFromString("--expose-gc");
const collect = Collect.parse(runInNewContext("gc"));
setFlagsFromString("--no-expose-gc");

/** Has V8 collect what was lately allocated, now and not when it comes to need the memory. */
export function collectYoung(): void {
  collect({type: "minor"});
}
