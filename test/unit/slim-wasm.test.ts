import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {slimWasm} from "../../loaders/downloads/slim-wasm.js";

const text = (value: string) => [value.length, ...new TextEncoder().encode(value)];
const section = (id: number, body: number[]) => [id, body.length, ...body];

/** A module that imports env.taken and exports the functions `names`, each answering its index. */
function makeModule(names: readonly string[]): Uint8Array {
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [2, 0x60, 0, 0, 0x60, 0, 1, 0x7f]),
    ...section(2, [1, ...text("env"), ...text("taken"), 0, 0]),
    ...section(3, [names.length, ...names.map(() => 1)]),
    ...section(7, [names.length, ...names.flatMap((name, i) => [...text(name), 0, i + 1])]),
    ...section(10, [names.length, ...names.flatMap((_, i) => [4, 0, 0x41, i, 0x0b])])
  ]);
}

describe("slimWasm", () => {
  it("keeps what the script names, what the module imports itself, and the memory", async () => {
    const module = makeModule(["used", "called", "unused", "taken", "memory"]);
    const slim = slimWasm(module, "wasm.used(); wasm._called();");
    const compiled = await WebAssembly.compile(Uint8Array.from(slim));
    assert.deepEqual(
      WebAssembly.Module.exports(compiled).map(({name}) => name),
      ["used", "called", "taken", "memory"]
    );
  });

  it("leaves what it keeps unchanged", async () => {
    const slim = slimWasm(makeModule(["a", "b", "c"]), "c");
    const {instance} = await WebAssembly.instantiate(Uint8Array.from(slim), {env: {taken() {}}});
    const {c} = instance.exports;
    assert.ok(typeof c === "function");
    assert.equal(c(), 2);
  });

  const module = makeModule(["used"]);
  const junk: [name: string, bytes: Uint8Array][] = [
    ["nothing", new Uint8Array()],
    ["no module", new TextEncoder().encode("<!doctype html><title>Not found</title>")],
    ["a module cut short", module.subarray(0, 24)],
    ["a module without exports", module.subarray(0, 8)],
    ["an import of an unknown kind", module.map((byte, i) => (i === 31 ? 9 : byte))]
  ];
  for (const [name, bytes] of junk) {
    it(`refuses ${name}`, () => assert.throws(() => slimWasm(bytes, "used"), RangeError));
  }
});
