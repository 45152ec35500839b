// The progress of a run on stderr: a bar on a terminal, otherwise an occasional line.

import {duration} from "../call/duration.js";
import type {ProgressOutput} from "../server/redact.js";

export interface PointProgress {
  ended: number;
  failed: number;
  total: number;
  elapsedMs: number;
  /** No request starts after this. */
  limitMs: number;
  /** Output tokens of the finished requests; null if an answer came without a count. */
  tokens: number | null;
  /** Median of the latest requests; null before the first. */
  ttftMs: number | null;
}

export interface Progress {
  update(title: string, progress: PointProgress): void;
  /** Leaves the last state on a line of its own. */
  finish(title: string, progress: PointProgress): void;
}

const BAR = 24;
const LINE_EVERY_MS = 10_000;

export function progressOn(output: ProgressOutput, quiet: boolean): Progress {
  if (quiet) return {update: () => {}, finish: () => {}};
  if (output.isTTY) {
    const draw = (title: string, progress: PointProgress, time: string) =>
      `\r\x1b[2K${`${bar(progress)} ${line(title, progress, time)}`.slice(0, (output.columns ?? 80) - 1)}`;
    return {
      update: (title, progress) => output.write(draw(title, progress, remaining(progress))),
      finish: (title, progress) => output.write(`${draw(title, progress, elapsed(progress))}\n`)
    };
  }
  let lastMs = 0;
  return {
    update: (title, progress) => {
      if (progress.elapsedMs - lastMs < LINE_EVERY_MS) return;
      lastMs = progress.elapsedMs;
      output.write(`${line(title, progress, remaining(progress))}\n`);
    },
    finish: (title, progress) => {
      lastMs = 0;
      output.write(`${line(title, progress, elapsed(progress))}\n`);
    }
  };
}

function bar({ended, total}: PointProgress): string {
  const filled = Math.round((BAR * ended) / Math.max(1, total));
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
}

/** One line of text, without colour or cursor movement. */
function line(title: string, progress: PointProgress, time: string): string {
  const {ended, failed, total, elapsedMs, tokens, ttftMs} = progress;
  const parts = [`${title}: ${ended}/${total}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (ended > 0 && tokens !== null) parts.push(`${(tokens / (elapsedMs / 1000)).toFixed(0)} tok/s`);
  if (ttftMs !== null) parts.push(`TTFT ${ttftMs.toFixed(0)} ms`);
  return [...parts, time].join(" · ");
}

/** The time left at the pace so far, within the time limit; once no more requests start, the time elapsed. */
function remaining(progress: PointProgress): string {
  const {ended, total, elapsedMs, limitMs} = progress;
  if (ended === 0 || ended === total || elapsedMs >= limitMs) return elapsed(progress);
  const atPaceMs = (elapsedMs / ended) * (total - ended);
  return `${duration(Math.min(atPaceMs, limitMs - elapsedMs) / 1000)} left`;
}

function elapsed({elapsedMs}: PointProgress): string {
  return duration(elapsedMs / 1000);
}
