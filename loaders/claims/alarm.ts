import type {Fact} from "../facts/read.js";

/** What could explain a point above its ceiling; each changes one premise and keeps the others. */
export const candidateNames: Readonly<Record<string, string>> = {
  bandwidth: "A higher bandwidth",
  bytes: "Fewer bytes per step",
  tokens: "More tokens per step and request",
  rounding: "Rounding: the lowest throughput that rounds so, against the highest ceiling"
};

/** The points that lie above a ceiling, as facts of the family `ceiling_share`. */
export function pointsAbove(facts: ReadonlyMap<string, Fact>): Fact[] {
  return [...facts.values()].filter(({family, value}) => family === "ceiling_share" && value > 1);
}

/** Each point above a ceiling with what could explain it, as text for a terminal. */
export function alarmText(facts: ReadonlyMap<string, Fact>): string {
  const factOf = (id: string) => {
    const fact = facts.get(id);
    if (fact === undefined)
      throw new Error(`There is no fact ${id}. Correct loaders/facts/ceiling_candidate*.sql.`);
    return fact;
  };
  return pointsAbove(facts)
    .map(({key: {ceiling, series, concurrency}, text: share}) => {
      const candidates = Object.entries(candidateNames).map(([candidate, name]) => {
        const place = `${ceiling}.${series}.${candidate}`;
        const explains = factOf(`ceiling_candidate_explains.${place}.c${concurrency}`).value === 1;
        const [needed, known] = ["needed", "known"].map(
          (part) => factOf(`ceiling_candidate.${place}.${part}.c${concurrency}`).text
        );
        return `    ${name}: ${needed} needed, ${known} known; ${explains ? "enough" : "not enough"} alone`;
      });
      return [
        `above its ceiling      ${series}, concurrency ${concurrency}: ${share} of the ${ceiling} ceiling`,
        ...candidates
      ].join("\n");
    })
    .join("\n");
}
