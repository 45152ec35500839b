import assert from "node:assert/strict";
import {before, describe, it} from "node:test";
import {isDeepStrictEqual} from "node:util";
import {FaultsError} from "../../loaders/errors/faults.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {type Evidence, settings as settingsSchema} from "../../loaders/evidence/schema.js";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {paths} from "../../loaders/paths.js";
import {type Computed, compute} from "../../loaders/site/compute.js";
import {Incremental} from "../support/incremental.js";

/** One value of the evidence, changed beyond its rounding. */
interface Mutation {
  name: string;
  /** The line that they may cite instead. */
  line?: number | undefined;
  /** The place that facts depending on the value cite. */
  source: string;
  place: string;
  apply(evidence: Evidence): void;
}

/** The effect of a mutation on facts and claims; `stopped` if some facts could not even be computed. */
interface Effect {
  mutation: Mutation;
  stopped: boolean;
  moved: Fact[];
  /** Claims whose verdict, quote or reason changed. */
  touched: string[];
  /** Claims whose verdict changed, and those among them that the build names in a fault. */
  turned: string[];
  reported: string[];
}

function printedMutations({tables}: Evidence): Mutation[] {
  return tables.flatMap((table, t) =>
    table.rows.flatMap((row, r) =>
      table.columns.map((column, c) => ({
        name: `${table.id} C=${row.concurrency} “${column.printed}”`,
        source: table.source,
        place: `${table.place}, column “${column.printed}”`,
        apply: (evidence: Evidence) => {
          const values = evidence.tables[t]?.rows[r]?.values;
          if (values) values[c] = beyondRounding(values[c] ?? 0, column.decimals);
        }
      }))
    )
  );
}

function statementMutations({statements}: Evidence): Mutation[] {
  return statements.map(({id, source, place, decimals}, i) => ({
    name: `statement ${id}`,
    source,
    place,
    apply: (evidence: Evidence) => {
      const statement = evidence.statements[i];
      if (statement) statement.value = beyondRounding(statement.value, decimals ?? 0);
    }
  }));
}

function settingMutations({series}: Evidence): Mutation[] {
  return series.flatMap(({id, source, place, lines, settings}, i) =>
    Object.entries(settings).map(([field, value]) => ({
      name: `card ${id}.${field}`,
      source,
      place,
      line: Object.entries(lines).find(([name]) => name === field)?.[1],
      apply: (evidence: Evidence) => {
        const card = evidence.series[i];
        if (card) card.settings = settingsSchema.parse({...settings, [field]: otherSetting(field, value)});
      }
    }))
  );
}

/** Rows withdrawn, and points added that the evidence does not yet measure. */
function structuralMutations({tables}: Evidence, {facts}: Computed): Mutation[] {
  const withdrawn = tables.map(({id, source, place}, t) => ({
    name: `last row of ${id} withdrawn`,
    source,
    place,
    apply: (evidence: Evidence) => void evidence.tables[t]?.rows.pop()
  }));
  const missing = [...facts.values()].filter(({family}) => family === "measured");
  const added = missing.map(({key: {what}}) => ({
    name: `a point of ${what} added`,
    source: "glm-awq-benchmark",
    place: "nowhere",
    apply: (evidence: Evidence) =>
      void evidence.tables.push({
        id: "added",
        title: "added",
        source: "glm-awq-benchmark",
        place: "nowhere",
        columns: [
          {role: "measured", series: "awq", metric: String(what), printed: "", unit: "ms", decimals: 0}
        ],
        rows: [{concurrency: 1, values: [1]}]
      })
  }));
  return [...withdrawn, ...added];
}

function beyondRounding(value: number, decimals: number): number {
  return Number((value + Math.max(Math.abs(value) * 0.07, 3 * 10 ** -decimals)).toFixed(decimals));
}

/** Another value that the schema accepts for the field. */
function otherSetting(field: string, value: unknown): unknown {
  const candidates = [
    typeof value === "boolean" ? !value : true,
    typeof value === "number" ? value * 2 + 1 : 7,
    `${value} (changed)`,
    "2031-01-01"
  ];
  const accepted = candidates.find(
    (candidate) => settingsSchema.partial().safeParse({[field]: candidate}).success
  );
  assert.notEqual(accepted, undefined, `no other value for ${field}`);
  return accepted;
}

async function effectOf(
  mutation: Mutation,
  evidence: Evidence,
  base: Computed,
  incremental: Incremental
): Promise<Effect> {
  const changed = structuredClone(evidence);
  mutation.apply(changed);
  try {
    const {facts, claims, reported} = await incremental.change(changed);
    const moved = [...facts].flatMap(([id, fact]) => {
      const was = base.facts.get(id);
      return was !== undefined && differs(was, fact) ? [was] : [];
    });
    const was = new Map(base.claims.map((claim) => [claim.id, claim]));
    const turned = claims.filter(({id, verdict}) => was.get(id)?.verdict !== verdict).map(({id}) => id);
    const reworded = claims
      .filter(({id, text}) => !isDeepStrictEqual(was.get(id)?.text, text))
      .map(({id}) => id);
    return {
      mutation,
      stopped: false,
      moved,
      touched: [...turned, ...reworded],
      turned,
      reported: [...reported]
    };
  } catch (error) {
    if (!(error instanceof FaultsError) && !isQueryError(error)) throw error;
    return {mutation, stopped: true, moved: [], touched: [], turned: [], reported: []};
  }
}

/** A query that DuckDB refuses on the changed evidence also stops a build. */
function isQueryError(error: unknown): boolean {
  return (
    error instanceof Error && /^(Conversion|Out of Range|Invalid Input|Binder) Error/.test(error.message)
  );
}

/** Sums over rows may differ in their last bits between runs. */
function differs(a: Fact, b: Fact | undefined): boolean {
  const near = (x: number, y: number) => Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y));
  return b === undefined || !near(a.value, b.value) || !near(a.low, b.low) || !near(a.high, b.high);
}

/** The effects of all mutations, computed in two warehouses side by side. */
async function effects(
  mutations: readonly Mutation[],
  evidence: Evidence,
  bases: readonly [Computed, Incremental][]
): Promise<Effect[]> {
  const results: Effect[] = [];
  const queue = mutations.entries();
  const work = async ([base, incremental]: [Computed, Incremental]) => {
    for (const [index, mutation] of queue)
      results[index] = await effectOf(mutation, evidence, base, incremental);
  };
  await Promise.all(bases.map(work));
  return results;
}

/** Numbers of hardware and model cards, each with the place it is cited by. */
function cardMutations({hardware, models}: Evidence): Mutation[] {
  const specs = hardware.flatMap(({id, specs}, h) =>
    Object.entries(specs).flatMap(([field, spec]): Mutation[] =>
      spec === null
        ? []
        : [
            {
              name: `hardware ${id}.${field}`,
              source: spec.source,
              place: spec.place,
              apply: (evidence) => {
                const changed = Object.entries(evidence.hardware[h]?.specs ?? {}).find(
                  ([name]) => name === field
                )?.[1];
                if (changed) changed.value = changed.value * 1.07 + 1;
              }
            }
          ]
    )
  );
  const config = models.flatMap(({id, source, place, config}, m) =>
    Object.entries(config).flatMap(([field, value]): Mutation[] =>
      typeof value !== "number"
        ? []
        : [
            {
              name: `model ${id}.${field}`,
              source,
              place,
              apply: (evidence) => {
                const model = evidence.models[m];
                if (model) model.config = {...model.config, [field]: value * 2 + 2};
              }
            }
          ]
    )
  );
  const stated = models.flatMap(({stated}, m) =>
    stated.map(({id, source, place}, i) => ({
      name: `model, stated ${id}`,
      source,
      place,
      apply: (evidence: Evidence) => {
        const number = evidence.models[m]?.stated[i];
        if (number) number.value *= 1.07;
      }
    }))
  );
  const checkpoints = models.flatMap(({checkpoints}, m) =>
    checkpoints.flatMap(({id, source, place}, c) =>
      (["bits", "group_size", "scale_bits", "unconverted_bits"] as const).map((field) => ({
        name: `checkpoint ${id}.${field}`,
        source,
        place,
        apply: (evidence: Evidence) => {
          const checkpoint = evidence.models[m]?.checkpoints[c];
          if (checkpoint) checkpoint[field] *= 2;
        }
      }))
    )
  );
  return [...specs, ...config, ...stated, ...checkpoints];
}

describe("changing any one value of the evidence beyond its rounding", () => {
  let base: Computed;
  let numbers: Effect[];
  let settings: Effect[];
  let structural: Effect[];

  before(async () => {
    const evidence = readEvidence(paths.data);
    const bases = await Promise.all(
      [1, 2].map(async (): Promise<[Computed, Incremental]> => {
        const computed = await compute(evidence);
        return [computed, await Incremental.of(computed)];
      })
    );
    const [[first] = []] = bases;
    assert.ok(first);
    base = first;
    numbers = await effects(
      [...printedMutations(evidence), ...statementMutations(evidence), ...cardMutations(evidence)],
      evidence,
      bases
    );
    settings = await effects(settingMutations(evidence), evidence, bases);
    structural = await effects(structuralMutations(evidence, base), evidence, bases);
    for (const [{warehouse}] of bases) warehouse.close();
  });

  it("moves facts, or stops the build", () => {
    const inert = numbers.filter(({stopped, moved}) => !stopped && moved.length === 0);
    assert.deepEqual(
      inert.map(({mutation}) => mutation.name),
      []
    );
  });

  it("moves no fact that does not cite the value's place", () => {
    const strays = [...numbers, ...settings].flatMap(({mutation, moved}) =>
      moved
        .filter(
          ({sources}) =>
            !sources.some(
              ({source, place}) =>
                source === mutation.source &&
                (place.startsWith(mutation.place) || place === `line ${mutation.line}`)
            )
        )
        .map(({id}) => `${mutation.name} moves ${id}`)
    );
    assert.deepEqual(strays, []);
  });

  it("stops the build for every claim whose verdict it changes, and names it", () => {
    const effects = [...numbers, ...settings, ...structural];
    assert.ok(effects.some(({turned}) => turned.length > 0));
    for (const {mutation, turned, reported} of effects) {
      assert.deepEqual(
        turned.filter((id) => !reported.includes(id)),
        [],
        mutation.name
      );
    }
  });

  it("changes each claim with at least one value", () => {
    const touched = new Set([...numbers, ...settings, ...structural].flatMap((effect) => effect.touched));
    assert.deepEqual(
      base.claims.map(({id}) => id).filter((id) => !touched.has(id)),
      []
    );
  });
});
