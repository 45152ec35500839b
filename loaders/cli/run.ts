import {z} from "zod";
import {FaultsError} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {UsageError} from "../errors/usage-error.js";
import {type FlagGroup, type Flags, toggle} from "../flags/flag.js";
import {flagHelp} from "../flags/flag-help.js";
import {checkFlags, readFlags} from "../flags/read-flags.js";

/** The help of a command: what it does, its flags, and further notes. */
interface Help {
  before: string;
  groups: readonly FlagGroup[];
  after?: string;
}

/** A command: its help, and its work on the words after its name. */
interface Command {
  help: Help;
  work: (argv: string[]) => Promise<void>;
  /** Keeps running when nobody reads its output any more, because its results go to files. */
  outlivesReaders?: boolean;
}

/**
 * Runs a command. Prints its help if asked to; turns an error into one readable line, followed by details, and an
 * exit code: 0 good, 1 the work failed, 2 the call was wrong. DEBUG adds the stack.
 */
export async function runCommand({help, work, outlivesReaders = false}: Command): Promise<void> {
  for (const output of [process.stdout, process.stderr])
    output.on("error", outlivesReaders ? () => {} : stopWhenNobodyReads);
  const argv = process.argv.slice(2);
  try {
    if (argv.includes("--help") || argv.includes("-h")) console.log(textOf(help));
    else await work(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Runs a command whose flags do not depend on each other. */
export async function run<T extends Flags>(
  {before, flags, after}: {before: string; flags: T; after?: string},
  work: (values: z.output<z.ZodObject<T>>, positionals: string[]) => Promise<void>,
  {allowPositionals = false} = {}
): Promise<void> {
  const help = {before, groups: [{title: "", flags}], ...(after === undefined ? {} : {after})};
  const hint = "--help lists the flags.";
  await runCommand({
    help,
    work: async (argv) => {
      const {values, positionals} = readFlags(argv, flags, hint, {allowPositionals});
      await work(checkFlags(z.object(flags), values, hint), positionals);
    }
  });
}

function textOf({before, groups, after}: Help): string {
  const last = groups.at(-1);
  const withHelp = groups.map((group) =>
    group === last ? {...group, flags: {...group.flags, help: toggle("print this")}} : group
  );
  return [before, flagHelp(withHelp), after].filter((part) => part !== undefined).join("\n\n");
}

/** `npm run --silent facts | head` closes the pipe early, which is not a failure. */
function stopWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
}

/** Prints an error as one readable line, followed by details, and returns its exit code. */
function report(error: unknown): 1 | 2 {
  console.error(messageOf(error));
  if (error instanceof UsageError) return 2;
  if (error instanceof FaultsError) {
    const {length} = error.faults;
    if (length > 1) console.error(`${length} faults; nothing was changed.`);
  } else if (process.env.DEBUG && error instanceof Error) console.error(error.stack);
  return 1;
}
