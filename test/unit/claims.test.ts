import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {readAlarms} from "../../loaders/claims/alarms.js";
import {judge} from "../../loaders/claims/judge.js";
import {formatFault} from "../../loaders/errors/faults.js";
import {type Claim, claim as claimSchema} from "../../loaders/evidence/schema.js";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {checkPage, checkTreatment, type Names} from "../../loaders/pages/check.js";
import {evaluate, type Warehouse} from "../../loaders/warehouse/evaluate.js";
import {parseQuery, type Query} from "../../loaders/warehouse/query.js";
import {madeEvidence} from "../support/made-evidence.js";

const claim: Claim = {
  id: "made_up",
  quote: "The answer is {{answer}}",
  reading: null,
  source: "report",
  place: "nowhere",
  page: "method",
  reason: "It is {{answer}}.",
  settled_by: null,
  expected: "holds"
};

const answer: Fact = {
  id: "answer",
  family: "answer",
  key: {},
  question: "What is the answer?",
  value: 42,
  low: 41.5,
  high: 42.5,
  unit: "1",
  interval: "rounding",
  sources: [],
  sql: "SELECT value FROM answer",
  format: {decimals: 0},
  text: "42",
  derived: false,
  intervalText: "[41.5, 42.5]"
};

const predicate = (sql: string): Query => ({
  ...parseQuery("claim_made_up", "src/claims/made_up.sql", 1, `-- Is it so?\n${sql}`),
  kind: "predicate"
});

async function faultsOf(claims: Claim[], predicates: Query[]): Promise<string[]> {
  const warehouse = await evaluate(madeEvidence({}), predicates);
  const {connection, faults: refused, missing} = warehouse;
  const facts = new Map([["answer", answer]]);
  const {faults} = await judge(connection, claims, predicates, facts, {}, missing);
  warehouse.close();
  return [...refused, ...faults].map(({file, message}) => `${file}: ${message}`);
}

describe("the judge", () => {
  it("finds nothing wrong with a claim whose verdict is as recorded", async () => {
    assert.deepEqual(await faultsOf([claim], [predicate("SELECT 'holds' AS verdict")]), []);
  });

  it("stops on a verdict that changed, and names the claim, both verdicts and the numbers", async () => {
    const [fault = ""] = await faultsOf([claim], [predicate("SELECT 'contradicted' AS verdict")]);
    assert.match(fault, /claims\/made_up\.sql: “The answer is 42” was holds and is contradicted: It is 42\./);
  });

  it("stops on a claim without a predicate", async () => {
    assert.match((await faultsOf([claim], []))[0] ?? "", /no predicate/);
  });

  it("stops on a predicate without a claim", async () => {
    assert.match((await faultsOf([], [predicate("SELECT 'holds' AS verdict")]))[0] ?? "", /no claim/);
  });

  it("stops on a verdict outside the vocabulary", async () => {
    assert.match((await faultsOf([claim], [predicate("SELECT 'probably' AS verdict")]))[0] ?? "", /probably/);
  });

  it("stops on a predicate that yields no row, or two", async () => {
    const none = await faultsOf([claim], [predicate("SELECT 'holds' AS verdict WHERE FALSE")]);
    const two = await faultsOf([claim], [predicate("SELECT unnest(['holds', 'holds']) AS verdict")]);
    assert.match(none[0] ?? "", /yields 0 rows/);
    assert.match(two[0] ?? "", /yields 2 rows/);
  });

  it("stops on a predicate without a verdict", async () => {
    const faults = await faultsOf([claim], [predicate("SELECT 'holds' AS judgement")]);
    assert.match(faults[0] ?? "", /cannot be evaluated: .*verdict.* Return a column “verdict”/s);
  });

  it("stops on a reason that names an unknown fact", async () => {
    const unknown = {...claim, reason: "It is {{question}}."};
    assert.match(
      (await faultsOf([unknown], [predicate("SELECT 'holds' AS verdict")]))[0] ?? "",
      /unknown fact question/
    );
  });

  it("stops on a predicate that reads an unknown fact", async () => {
    const faults = await faultsOf([claim], [predicate("SELECT 'holds' AS verdict FROM nobody_knows")]);
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? "", /claims\/made_up\.sql: .*nobody_knows/);
  });

  describe("of claims that share a predicate", () => {
    const shared = predicate(
      "SELECT * FROM (VALUES ('a', 1, 'holds'), ('a', 2, 'contradicted'), ('b', 2, 'holds')) AS t (series, n, verdict)"
    );
    const of = (where: Claim["where"], more: Partial<Claim> = {}): Claim => ({
      ...claim,
      id: "another",
      predicate: "made_up",
      where,
      ...more
    });

    it("takes the row that each claim's record names", async () => {
      const claims = [
        of({series: "a", n: 1}, {id: "one"}),
        of({series: "a", n: 2}, {id: "two", expected: "contradicted"}),
        of({series: "b"}, {id: "three"})
      ];
      assert.deepEqual(await faultsOf(claims, [shared]), []);
    });

    it("shows the query that answers for the claim", async () => {
      const where = {series: "it's", n: 1};
      const row = predicate("SELECT 'it''s' AS series, 1 AS n, 'holds' AS verdict");
      const warehouse = await evaluate(madeEvidence({}), [row]);
      const {claims} = await judge(
        warehouse.connection,
        [of(where)],
        [row],
        new Map([["answer", answer]]),
        {}
      );
      assert.deepEqual(
        claims.map(({sql, question}) => [sql, question]),
        [["SELECT verdict\nFROM claim_made_up\nWHERE series = 'it''s'\n  AND n = 1", "Is it so?"]]
      );
      warehouse.close();
    });

    it("stops if the record names no row, several rows or an unknown column", async () => {
      const messages = async (where: Claim["where"]) => (await faultsOf([of(where)], [shared]))[0] ?? "";
      assert.match(await messages({series: "c"}), /yields 0 rows for \{"series":"c"\}\. Return one/);
      assert.match(await messages({series: "a"}), /yields 2 rows for \{"series":"a"\}\. Return one/);
      assert.match(
        await messages({colour: "red"}),
        /cannot be evaluated: .*colour.* those that “where” in the record names\.$/s
      );
    });
  });

  it("accepts no recorded verdict outside the vocabulary", () => {
    assert.equal(claimSchema.safeParse({...claim, expected: "probably"}).success, false);
  });
});

describe("an alarm", () => {
  const alarm = (sql: string) =>
    parseQuery("late", "src/queries/late.sql", 1, `-- Which?\n-- alarm: too late\n${sql}`);
  const alarmsOf = async (sql: string) => {
    const warehouse = await evaluate(madeEvidence({}), [alarm(sql)]);
    const facts = new Map([["answer", answer]]);
    const found = await readAlarms(warehouse.connection, [alarm(sql)], facts, {"label.fp8": "FP8"});
    warehouse.close();
    return found;
  };

  it("is a row of a query that says so, with its facts and texts filled in", async () => {
    assert.deepEqual(await alarmsOf("SELECT '{{label.fp8}} at {{answer}}, {{answer interval}}' AS text"), {
      alarms: [{title: "too late", text: "FP8 at 42, [41.5, 42.5]"}],
      faults: []
    });
  });

  it("is silent if the query yields no row", async () => {
    assert.deepEqual(await alarmsOf("SELECT '' AS text WHERE FALSE"), {alarms: [], faults: []});
  });

  it("is at fault if it has no text, or names an unknown fact", async () => {
    const messages = async (sql: string) => (await alarmsOf(sql)).faults.map(formatFault);
    assert.deepEqual(await messages("SELECT 1 AS n"), [
      "src/queries/late.sql: late: an alarm has no text. Return it as column “text”."
    ]);
    assert.deepEqual(await messages("SELECT '{{nobody.c1}}' AS text"), [
      "src/queries/late.sql: late: an alarm names the unknown fact nobody.c1. Correct the query."
    ]);
  });
});

describe("truth over rows", () => {
  let warehouse: Warehouse;
  before(async () => {
    warehouse = await evaluate(madeEvidence({}), []);
  });
  after(() => warehouse.close());

  const truth = async (sql: string) => (await warehouse.connection.runAndReadAll(sql)).getRows()[0]?.[0];

  it("is false over no rows", async () => {
    assert.equal(
      await truth("SELECT truth(bool_and(x > 0), bool_and(x > 0)) FROM (SELECT 1 AS x WHERE FALSE)"),
      "contradicted"
    );
  });

  it("distinguishes always from sometimes", async () => {
    assert.equal(await truth("SELECT truth(TRUE, TRUE)"), "holds");
    assert.equal(await truth("SELECT truth(FALSE, TRUE)"), "holds-within-rounding");
    assert.equal(await truth("SELECT truth(FALSE, FALSE)"), "contradicted");
  });
});

describe("the check of a page", () => {
  const names: Names = {
    facts: {answer},
    texts: {"label.fp8": "FP8"},
    links: {},
    claims: {made_up: {id: "made_up", page: "ceiling"}}
  };
  const page = (name: string, source: string) => ({page: name, file: `${name}.md`, source, params: {}});
  const messages = (source: string) =>
    checkPage(page("x", source), names).map(({place, message}) => `${place}: ${message}`);

  it("finds a digit typed into prose", () => {
    assert.match(messages("The lead is 42 percent.")[0] ?? "", /line 1: “42” is typed/);
  });

  it("allows digits in references, code, tags and link targets", () => {
    assert.deepEqual(messages('{{answer}} `x1` <span id="a1">a</span> [b](./c1)'), []);
  });

  it("finds a number with a direction that nothing tests", () => {
    assert.match(messages("It is faster by {{answer}}.")[0] ?? "", /“faster” gives a number a direction/);
    assert.deepEqual(messages("{{claim.made_up}}. It is {{answer}}. It is faster."), []);
  });

  it("finds unknown facts, claims and labels", () => {
    const found = messages("{{x}} {{claim.y}} {{label.z}} {{label.fp8}}\n\n```claims\nq\nmade_up\n```");
    assert.deepEqual(found.map((message) => /“(.+?)”/.exec(message)?.[1]).sort(), ["label.z", "q", "x", "y"]);
  });

  it("finds a claim that its page does not discuss, and one without a page", () => {
    const pages = [page("method", "{{claim.one}}\n\n```claims\ntwo\n```\n")];
    const claims = ["one", "two", "three"].map((id) => ({id, page: "method"}));
    assert.deepEqual(
      checkTreatment([...claims, {id: "four", page: "nowhere"}], pages).map(
        ({file, place, message}) => `${file}: ${place}: ${message}`
      ),
      [
        "src/method.md: three: the page does not discuss this claim. Write {{claim.three}} where it does, or list it in a claims cell.",
        "data/claims: four: there is no page src/nowhere.md. Write it, or name another page as “page” of the claim."
      ]
    );
  });
});
