import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {it} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {paths} from "../../loaders/paths.js";

const {series, hardware, models} = readEvidence(paths.data);

/** What this report calls its series, cards and checkpoints. */
const names = [
  ...series.flatMap(({id, label}) => [id, label]),
  ...hardware.flatMap(({id, label, product}) => [id, label, product]),
  ...models.flatMap(({id, label, checkpoints}) => [
    id,
    label,
    ...checkpoints.map((checkpoint) => checkpoint.id)
  ])
].map((name) => name.toLowerCase());

it("no query of the engine names a series, a card or a checkpoint of this report", () => {
  const files = readdirSync(join(paths.root, "loaders"), {recursive: true, encoding: "utf8"});
  const found = files
    .filter((name) => name.endsWith(".sql"))
    .flatMap((name) => {
      const text = readFileSync(join(paths.root, "loaders", name), "utf8");
      const literals = Array.from(text.matchAll(/'([^']*)'/g), ([, literal = ""]) => literal.toLowerCase());
      // The label for what a server counted is also a word on a card of this report.
      return literals
        .filter((literal) => literal !== "server" && names.includes(literal))
        .map((literal) => `${name}: ${literal}`);
    });
  assert.deepEqual(found, []);
});
