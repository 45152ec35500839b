import {type ParseArgsConfig, parseArgs} from "node:util";
import {FaultsError} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {UsageError} from "../errors/usage-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{options: T; strict: true}>>["values"];

/**
 * Runs a command: parses its flags, prints help, and turns errors into one readable line, details after
 * it, and an exit code: 0 good, 1 the work failed, 2 the call was wrong.
 */
export async function run<T extends Options>(
  help: string,
  options: T,
  work: (values: Values<T>, positionals: string[]) => Promise<void>,
  {allowPositionals = false} = {}
): Promise<void> {
  process.stdout.on("error", stopWhenNobodyReads);
  try {
    const {values, positionals} = parse(options, allowPositionals);
    if (process.argv.includes("--help")) {
      console.log(help);
      return;
    }
    await work(values, positionals);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** `npm run --silent facts | head` closes the pipe early; that is no failure. */
function stopWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
}

function parse<T extends Options>(options: T, allowPositionals: boolean) {
  try {
    return parseArgs({
      options: {...options, help: {type: "boolean"}} as T,
      strict: true,
      allowPositionals
    });
  } catch (error) {
    throw new UsageError(`${messageOf(error)} (--help lists the flags)`);
  }
}

/** Prints an error as one readable line, details after it, and returns its exit code. */
function report(error: unknown): 1 | 2 {
  if (error instanceof UsageError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof FaultsError) {
    const {length} = error.faults;
    console.error(error.message);
    if (length > 1) console.error(`${length} faults; nothing was changed.`);
    return 1;
  }
  console.error(messageOf(error));
  if (process.env.DEBUG && error instanceof Error) console.error(error.stack);
  return 1;
}
