// Finds the finished points of a sweep in its results, and checks that they measured the same thing.

import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {UsageError} from "../../errors/usage-error.js";
import {eventsName} from "../../formats/benchbook-result.js";
import {jsonOr} from "../../formats/parse-json.js";
import {RunRecord, type SweepSubject} from "../../formats/run-record.js";
import {sha256} from "../../formats/sha256.js";
import type {BenchOptions} from "../call/bench-flags.js";
import {planOf} from "../call/plan.js";
import type {Host} from "../server/host.js";
import {HostError} from "../server/host-error.js";

interface PreviousSweep {
  id: string;
  /** Indexes of points. */
  finished: ReadonlySet<number>;
  /** Files of unfinished points. */
  incomplete: readonly string[];
}

/** What a sweep learns before its first point, besides the host. */
export interface Conditions {
  datasetSha256: string | null;
  resetsPrefixCache: boolean;
  keepsSeed: boolean;
}

export function subjectOf(
  options: BenchOptions,
  {redact, ...host}: Host,
  {datasetSha256, resetsPrefixCache, keepsSeed}: Conditions
): SweepSubject {
  return {
    base_url: redact(options["base-url"]),
    model: redact(host.modelId),
    server_version: host.identity.version && redact(host.identity.version),
    tokenizer: redact(host.tokenizer.name),
    dataset_sha256: datasetSha256,
    special_ids_sha256:
      options["dataset-name"] === "random" ? sha256(host.tokenizer.specialIds.join()) : null,
    resets_prefix_cache: resetsPrefixCache,
    keeps_seed: keepsSeed
  };
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path)) hash.update(part);
  return hash.digest("hex");
}

const SavedPoint = z.looseObject({
  benchbook: z.looseObject({complete: z.boolean(), sweep: RunRecord.shape.sweep})
});

/**
 * The latest sweep in `folder` of this call and subject; `null` if the call has none there.
 * @throws UsageError or HostError if that sweep measured another subject: the two must not be mixed
 */
export async function findSweep(
  folder: string,
  call: string,
  subject: SweepSubject
): Promise<PreviousSweep | null> {
  const plan = planOf(call, subject);
  const points = (await savedPoints(folder)).filter(({sweep}) => sweep.call === call);
  const [latest] = points
    .filter(({sweep}) => sweep.plan === plan)
    .sort((a, b) => b.sweep.id.localeCompare(a.sweep.id));
  if (latest === undefined) {
    const [other] = points;
    if (other?.sweep.subject) refuse(folder, other.sweep.subject, subject);
    return null;
  }
  const own = points.filter(({sweep}) => sweep.id === latest.sweep.id && sweep.plan === plan);
  return {
    id: latest.sweep.id,
    finished: new Set(own.filter(({complete}) => complete).map(({sweep}) => sweep.point)),
    incomplete: own
      .filter(({complete}) => !complete)
      .flatMap(({path}) => [path, eventsName(path.replace(/\.json$/, ""))])
  };
}

async function savedPoints(folder: string) {
  const names = await readdir(folder).catch(() => []);
  const points = [];
  for (const name of names.filter((n) => n.endsWith(".json"))) {
    const path = join(folder, name);
    const saved = SavedPoint.safeParse(jsonOr(await readFile(path, "utf8").catch(() => ""), null));
    if (!saved.data?.benchbook.sweep) continue;
    const {complete, sweep} = saved.data.benchbook;
    points.push({path, complete, sweep});
  }
  return points;
}

function refuse(folder: string, before: SweepSubject, now: SweepSubject): never {
  const inCall = [
    difference("--base-url", before.base_url, now.base_url),
    difference("SHA-256 of --dataset-path", before.dataset_sha256, now.dataset_sha256)
  ].flat();
  const inServer = [
    difference("model", before.model, now.model),
    difference("server version", before.server_version, now.server_version),
    difference("tokenizer", before.tokenizer, now.tokenizer),
    difference("SHA-256 of the special ids", before.special_ids_sha256, now.special_ids_sha256),
    difference(
      "resetting the prefix cache",
      possible(before.resets_prefix_cache),
      possible(now.resets_prefix_cache)
    ),
    difference("the seed", shared(before.keeps_seed), shared(now.keeps_seed))
  ].flat();
  const message = `${folder}: the sweep to resume measured something else: ${[...inCall, ...inServer].join("; ")}. Restore that, or measure again in another --result-dir.`;
  throw inServer.length > 0 ? new HostError(message) : new UsageError(message);
}

function possible(resets: boolean | null): string | null {
  return resets === null ? null : resets ? "possible" : "impossible";
}

function shared(keepsSeed: boolean | null): string | null {
  return keepsSeed === null ? null : keepsSeed ? "the same at every point" : "each point's own";
}

function difference(name: string, before: string | null, now: string | null): string[] {
  return before === now ? [] : [`${name} was ${before ?? "unknown"}, is ${now ?? "unknown"}`];
}
