import assert from "node:assert/strict";
import {test} from "node:test";
import {elementsOf, linesOf} from "../../loaders/bench/prompts/text-parts.js";

/** A text in parts of `size` characters, as a file is read. */
async function* cut(text: string, size: number): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
}

async function all(texts: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const text of texts) found.push(text);
  return found;
}

const SIZES = [1, 2, 3, 7, 1000];

test("lines are the same however the text is cut", async () => {
  for (const text of ["", "a", "a\n", "\na\n\nbc\u2028d", 'é"🙂\n']) {
    for (const size of SIZES) assert.deepEqual(await all(linesOf(cut(text, size))), text.split("\n"));
  }
});

test("elements of a list are the same however its text is cut", async () => {
  const lists = [
    [],
    [1],
    ["a,b]", '\\"', '\\\\",[', "é🙂\u2028"],
    [[], {}, [[1, 2], {a: [3, {b: "]"}]}], null],
    [{conversations: [{from: "human", value: 'say "[{,\\"'}, {value: "}]"}]}, {id: "x"}]
  ];
  for (const list of lists) {
    for (const text of [JSON.stringify(list), ` \n${JSON.stringify(list, null, 2)}\n`]) {
      for (const size of SIZES) {
        const elements = await all(elementsOf(cut(text, size)));
        assert.deepEqual(
          elements.map((element) => JSON.parse(element)),
          list
        );
      }
    }
  }
});

test("anything but a list is refused", async () => {
  for (const text of ["", "{}", '{"a":[1]}', "[1", '["a]', "[1] [2]", "[1]]", "[1}", "x[1]", "1"]) {
    for (const size of SIZES) await assert.rejects(all(elementsOf(cut(text, size))), SyntaxError, text);
  }
});

test("a missing element is returned as an empty text, which is not JSON", async () => {
  for (const [text, elements] of [
    ["[1,]", ["1", ""]],
    ["[,1]", ["", "1"]],
    ["[ ]", []]
  ] as const) {
    assert.deepEqual(await all(elementsOf(cut(text, 1))), elements);
  }
});
