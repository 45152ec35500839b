import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {judge} from "../../loaders/claims/judge.js";
import {type Computed, compute} from "../../loaders/compute.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {type Claim, claim as claimSchema, type Evidence} from "../../loaders/evidence/schema.js";
import {texts} from "../../loaders/evidence/texts.js";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {checkPage, checkTreatment} from "../../loaders/pages/check.js";
import type {Report} from "../../loaders/pages/report.js";
import {paths} from "../../loaders/paths.js";
import {evaluate, type Warehouse} from "../../loaders/warehouse/evaluate.js";
import {parseQuery, type Query} from "../../loaders/warehouse/query.js";

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
  intervalText: "[41.5, 42.5]"
};

const predicate = (sql: string): Query => ({
  ...parseQuery("claim_made_up", "src/claims/made_up.sql", 1, `-- Is it so?\n${sql}`),
  kind: "predicate"
});

async function faultsOf(claims: Claim[], predicates: Query[]): Promise<string[]> {
  const empty: Evidence = {...readEvidence(paths.data), claims: []};
  const warehouse = await evaluate(empty, predicates);
  const {connection, faults: refused, missing} = warehouse;
  const facts = new Map([["answer", answer]]);
  const {faults} = await judge(connection, claims, predicates, facts, {}, missing);
  warehouse.close();
  return [...refused, ...faults].map(({file, message}) => `${file}: ${message}`);
}

describe("the judge", () => {
  it("finds nothing wrong with a claim whose verdict is the one on record", async () => {
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

  it("takes no verdict outside the vocabulary as record", () => {
    assert.equal(claimSchema.safeParse({...claim, expected: "probably"}).success, false);
  });
});

describe("truth over rows", () => {
  let warehouse: Warehouse;
  before(async () => {
    warehouse = await evaluate({...readEvidence(paths.data), claims: []}, []);
  });
  after(() => warehouse.close());

  const truth = async (sql: string) => (await warehouse.connection.runAndReadAll(sql)).getRows()[0]?.[0];

  it("is false of all over nothing", async () => {
    assert.equal(
      await truth("SELECT truth(bool_and(x > 0), bool_and(x > 0)) FROM (SELECT 1 AS x WHERE FALSE)"),
      "contradicted"
    );
  });

  it("tells always from sometimes", async () => {
    assert.equal(await truth("SELECT truth(TRUE, TRUE)"), "holds");
    assert.equal(await truth("SELECT truth(FALSE, TRUE)"), "holds-within-rounding");
    assert.equal(await truth("SELECT truth(FALSE, FALSE)"), "contradicted");
  });
});

describe("the ledger", () => {
  let computed: Computed;
  before(async () => {
    computed = await compute(readEvidence(paths.data));
    computed.warehouse.close();
  });

  it("holds the claims of the published benchmark, each with a reason that has a number", () => {
    const published = computed.claims.filter(({source}) => source !== "report");
    assert.ok(published.length >= 41, `${published.length} claims`);
    for (const {id, facts, text} of published) {
      assert.ok(facts.length > 0, `${id} names no fact`);
      assert.match(text.reason, /\d/, id);
    }
  });

  it("judges every claim as on record", () => {
    assert.deepEqual(computed.claimFaults, []);
  });

  it("tells the readings of one sentence apart, and judges equal statements alike", () => {
    const verdicts = (...ids: string[]) => ids.map((id) => computed.claims.find((c) => c.id === id)?.verdict);
    assert.deepEqual(verdicts("break_even_from_8", "break_even_at_8"), ["holds", "contradicted"]);
    assert.deepEqual(verdicts("nvfp4_settings", "half_budget", "backend_settings"), Array(3).fill("holds"));
    assert.deepEqual(verdicts("nvfp4_only_settings"), ["contradicted"]);
  });

  it("writes days and authors as prose has them", () => {
    const {"card.awq.date": date, "author.glm-awq-benchmark": author} = texts(readEvidence(paths.data));
    assert.deepEqual([date, author], ["22 February 2026", "AlexGS74"]);
  });

  it("has only own claims that hold", () => {
    const own = computed.claims.filter(({source}) => source === "report");
    assert.deepEqual(
      own.filter(({verdict}) => verdict !== "holds").map(({id}) => id),
      []
    );
  });
});

describe("the check of a page", () => {
  const report: Report = {
    facts: {answer: {id: "answer", value: 42, text: "42", intervalText: ""}},
    texts: {"label.awq": "AWQ"},
    links: {},
    claims: {
      made_up: {id: "made_up", page: "ceiling", verdict: "holds", quote: "", reading: null, own: true}
    },
    figures: {},
    tables: {},
    explorables: {}
  };
  const messages = (source: string) =>
    checkPage("src/x.md", source, report).map(({place, message}) => `${place}: ${message}`);

  it("finds a digit typed into prose", () => {
    assert.match(messages("The lead is 42 percent.")[0] ?? "", /line 1: “42” is typed/);
  });

  it("lets digits stand in references, code, tags and the targets of links", () => {
    assert.deepEqual(messages('{{answer}} `x1` <span id="a1">a</span> [b](./c1)'), []);
  });

  it("finds a number set in a direction that nothing tests", () => {
    assert.match(messages("It is faster by {{answer}}.")[0] ?? "", /“faster” sets a number in a direction/);
    assert.deepEqual(messages("{{claim.made_up}}. It is {{answer}}. It is faster."), []);
  });

  it("finds unknown facts, claims, figures and tables", () => {
    assert.equal(
      messages("{{x}} {{claim.y}} {{label.z}}\n```figure f\n```\n```table t\n```\n```claims\nq\n```").length,
      6
    );
  });

  it("finds a claim that the page that it names does not treat", () => {
    const pages = new Map([["method", "{{claim.one}}\n```claims\ntwo\n```\n"]]);
    const claims = ["one", "two", "three"].map((id) => ({id, page: "method"}));
    assert.deepEqual(
      checkTreatment(claims, pages).map(({place}) => place),
      ["three"]
    );
  });
});
