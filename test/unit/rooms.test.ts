import assert from "node:assert/strict";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";
import {test} from "node:test";
import {paths} from "../../loaders/paths.js";

const loaders = join(paths.root, "loaders");

/**
 * What each file of the engine imports, by value or by type, at once or later; all relative to the root. The modules
 * of the browser are left out: they are copied into a report's src/ and import what is there.
 */
const imports = new Map(
  readdirSync(loaders, {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(".ts") && !name.startsWith("src/"))
    .map((name): [string, string[]] => {
      const path = join(loaders, name);
      return [relative(paths.root, path), importsOf(path)];
    })
);

function importsOf(path: string): string[] {
  const specifiers = /^(?:import|export) [^";=()]*from "(\.[^"]+)"|\bimport\("(\.[^"]+)"/gm;
  return Array.from(readFileSync(path, "utf8").matchAll(specifiers), ([, atOnce, later = ""]) =>
    relative(paths.root, resolve(dirname(path), atOnce ?? later)).replace(/\.js$/, ".ts")
  );
}

/** The folder under loaders/, in the client the one below. A file next to rooms is a room of its own. */
function roomOf(file: string): string {
  const depth = file.startsWith("loaders/bench/") ? 3 : 2;
  return file.split("/").slice(0, depth).join("/");
}

/** The graph of rooms behind a graph of files. */
function ofRooms(files: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const rooms = new Map<string, string[]>();
  for (const [file, imported] of files) {
    const room = roomOf(file);
    const others = imported.map(roomOf).filter((other) => other !== room);
    rooms.set(room, [...(rooms.get(room) ?? []), ...others]);
  }
  return rooms;
}

/** The first path found that leads back to its start, such as `a → b → a`; empty if there is no circle. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): string | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node].join(" → ");
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...way, node]);
      if (circle !== undefined) return circle;
    }
    done.add(node);
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle !== undefined) return circle;
  }
}

/** Imports whose two ends match, as `a → b`. */
function importsWhere(matches: (from: string, to: string) => boolean): string[] {
  return [...imports].flatMap(([from, tos]) =>
    tos.filter((to) => matches(from, to)).map((to) => `${from} → ${to}`)
  );
}

test("every relative import of the engine is found and leads to a file", () => {
  assert.ok(imports.get("loaders/bench/bench.ts")?.includes("loaders/bench/run/sweep.ts"));
  assert.deepEqual(
    importsWhere((_, to) => to.startsWith("loaders/") && !existsSync(join(paths.root, to))),
    []
  );
});

test("a circle is reported as the files on it", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["b"]]
  ]);
  assert.equal(circleIn(graph), "b → c → b");
});

test("no files of the engine import each other in a circle", () => {
  assert.equal(circleIn(imports), undefined);
});

test("no rooms of the engine import each other in a circle", () => {
  assert.equal(circleIn(ofRooms(imports)), undefined);
});

test("only commands import commands", () => {
  assert.deepEqual(
    importsWhere((from, to) => to.startsWith("loaders/cli/") && !from.startsWith("loaders/cli/")),
    []
  );
});

test("the engine imports nothing from its tests or from a report", () => {
  assert.deepEqual(
    importsWhere((_, to) => !to.startsWith("loaders/")),
    []
  );
});
