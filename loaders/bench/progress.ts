// How far a run is, on stderr: a bar where someone watches, a line now and then where not.

export interface PointProgress {
  ended: number;
  failed: number;
  total: number;
  elapsedMs: number;
  /** Output tokens of the requests that ended. */
  tokens: number;
  /** Median of them; null before the first. */
  ttftMs: number | null;
}

export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

export interface Progress {
  update(title: string, progress: PointProgress): void;
  /** The last state stays on its own line. */
  finish(title: string, progress: PointProgress): void;
}

const BAR = 24;
const LINE_EVERY_MS = 10_000;

export function progressOn(output: ProgressOutput, quiet: boolean): Progress {
  if (quiet) return {update: () => {}, finish: () => {}};
  if (output.isTTY) {
    const draw = (title: string, progress: PointProgress) =>
      `\r\x1b[2K${`${bar(progress)} ${line(title, progress)}`.slice(0, (output.columns ?? 80) - 1)}`;
    return {
      update: (title, progress) => output.write(draw(title, progress)),
      finish: (title, progress) => output.write(`${draw(title, progress)}\n`)
    };
  }
  let lastMs = 0;
  return {
    update: (title, progress) => {
      if (progress.elapsedMs - lastMs < LINE_EVERY_MS) return;
      lastMs = progress.elapsedMs;
      output.write(`${line(title, progress)}\n`);
    },
    finish: (title, progress) => {
      lastMs = 0;
      output.write(`${line(title, progress)}\n`);
    }
  };
}

function bar({ended, total}: PointProgress): string {
  const filled = Math.round((BAR * ended) / Math.max(1, total));
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
}

/** One line of text, without colour or cursor movement. */
export function line(
  title: string,
  {ended, failed, total, elapsedMs, tokens, ttftMs}: PointProgress
): string {
  const seconds = elapsedMs / 1000;
  const parts = [`${title}: ${ended}/${total}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (ended > 0) parts.push(`${(tokens / seconds).toFixed(0)} tok/s`);
  if (ttftMs !== null) parts.push(`TTFT ${ttftMs.toFixed(0)} ms`);
  if (ended > 0 && ended < total) parts.push(`${duration((seconds / ended) * (total - ended))} left`);
  else parts.push(duration(seconds));
  return parts.join(" · ");
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}
