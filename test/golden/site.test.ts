import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {builtFixture} from "../support/workspace.js";
import {actualFolder, difference, expectedFolder, readSnapshot, takeSnapshot, writeSnapshot} from "./site.js";

describe("the site of test/fixture", () => {
  it("is the expected one, file by file", async () => {
    const [actual, expected] = [await takeSnapshot(builtFixture()), readSnapshot(expectedFolder)];
    const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
    const differences = names.flatMap((name) => {
      const [before, after] = [expected.get(name), actual.get(name)];
      if (before === after) return [];
      if (before === undefined) return [`${name} is new`];
      if (after === undefined) return [`${name} is missing`];
      return [`${name} differs\n${difference(before, after)}`];
    });
    if (differences.length > 0) writeSnapshot(actualFolder, actual);
    assert.deepEqual(
      differences,
      [],
      `${differences.join("\n\n")}\n\nThe actual site is in .benchbook/golden. If it is right: npm run golden`
    );
  });
});

describe("difference", () => {
  it("shows the lines that differ and where", () => {
    assert.equal(difference("a\nb\nc\nd", "a\nx\ny\nd"), "@ line 2\n- b\n- c\n+ x\n+ y");
    assert.equal(difference("a\nb", "a\nb\nc"), "@ line 3\n+ c");
  });
});
