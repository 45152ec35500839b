import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {z} from "zod";
import {UsageError} from "../../loaders/errors/usage-error.js";
import {flag, toggle} from "../../loaders/flags/flag.js";
import {flagHelp} from "../../loaders/flags/flag-help.js";
import {lists, numeric, text} from "../../loaders/flags/flag-schemas.js";
import {checkFlags, readFlags} from "../../loaders/flags/read-flags.js";

const flags = {
  count: flag(numeric(z.number()).default(3), "N", "how many"),
  name: flag(text.optional(), "NAME …", "what they are called"),
  at: flag(lists(numeric(z.int())).optional(), "C …", "where"),
  dry: toggle("do nothing")
};

const read = (...argv: string[]) => readFlags(argv, flags, "See it.").values;
const refused = (message: string, ...argv: string[]) =>
  assert.throws(() => read(...argv), new UsageError(message));

describe("the words of a call", () => {
  it("are sorted by flag, a value after its flag or an equals sign", () => {
    assert.deepEqual(read("--count", "4", "--name=a=b", "--dry"), {count: "4", name: ["a=b"], dry: true});
    assert.deepEqual(read("--count", "1", "--count", "2"), {count: "2"});
  });

  it("may be several for one flag, which may be repeated", () => {
    assert.deepEqual(read("--name", "a", "b", "--dry", "--name", "c"), {name: ["a", "b", "c"], dry: true});
  });

  it("are values beginning with a dash only if they are negative numbers", () => {
    assert.deepEqual(read("--count", "-1"), {count: "-1"});
    assert.deepEqual(read("--count", "-.5"), {count: "-.5"});
    refused("--count needs a value (N). See it.", "--count", "--dry");
    refused("--count needs a value (N). See it.", "--count");
  });

  it("are refused if no flag takes them", () => {
    refused("--cuont is not a flag of this command. See it.", "--cuont", "4");
    refused("-c is not a flag of this command. See it.", "-c");
    refused("--toString is not a flag of this command. See it.", "--toString");
    refused("--dry takes no value. See it.", "--dry=yes");
    refused("“b” follows no flag that takes it. See it.", "--dry", "b");
  });

  it("may stand alone if a command takes such words", () => {
    const {values, positionals} = readFlags(["a", "--dry", "b"], flags, "See it.", {allowPositionals: true});
    assert.deepEqual([values, positionals], [{dry: true}, ["a", "b"]]);
  });
});

describe("the flags of a call", () => {
  it("are checked, and their defaults filled in", () => {
    assert.deepEqual(checkFlags(z.object(flags), read("--at", "1,2", "4"), "See it."), {
      count: 3,
      at: [1, 2, 4],
      dry: false
    });
  });

  it("at fault are named in one line, as they were typed", () => {
    const check = (typed: Record<string, string>) => () =>
      checkFlags(z.object(flags), read("--count", "0x10"), "See it.", typed);
    assert.throws(check({}), new UsageError("--count: not a number. See it."));
    assert.throws(check({count: "--number"}), new UsageError("--number: not a number. See it."));
  });

  it("are explained with their values and defaults, one line each", () => {
    const groups = [
      {title: "Some", flags: {count: flags.count, dry: flags.dry}, others: [["KEY", "a secret"]] as const},
      {title: "More", flags: {name: flags.name}}
    ];
    assert.equal(
      flagHelp(groups),
      `Some
  --count N      how many (3)
  --dry          do nothing
  KEY            a secret

More
  --name NAME …  what they are called`
    );
  });

  it("have long texts wrapped, below the name if that is long too", () => {
    const long = flag(text.optional(), "A-RATHER-LONG-VALUE", "word ".repeat(30).trim());
    const [name, ...lines] = flagHelp([{title: "", flags: {"a-long-name": long}}]).split("\n");
    assert.equal(name, "  --a-long-name A-RATHER-LONG-VALUE");
    assert.deepEqual(
      lines.map((line) => line.length),
      [109, 99]
    );
    assert.ok(lines.every((line) => line.startsWith(`${" ".repeat(30)}word`)));
  });
});
