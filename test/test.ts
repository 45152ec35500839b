import {spawnSync} from "node:child_process";
import {readdirSync} from "node:fs";
import {join, relative} from "node:path";
import {pipeline} from "node:stream/promises";
import {run as runFiles} from "node:test";
import {spec} from "node:test/reporters";
import {z} from "zod";
import {run} from "../loaders/cli/run.js";
import {UsageError} from "../loaders/errors/usage-error.js";
import {flag} from "../loaders/flags/flag.js";
import {paths} from "../loaders/paths.js";
import {clock} from "./golden/site.js";
import {findChromium} from "./support/chromium.js";

/** The longest first, so that all end at about the same time. */
const longest = [
  "report/mutation",
  "results/published",
  "build/",
  "report/",
  "preview/",
  "browser/",
  "results/refresh"
];

/** One of two cores is often idle, because tests wait for servers, timers and a browser. */
const AT_ONCE = 3;

await run(
  {
    before: `Usage: npm test [-- --only WORD]

Checks types, style and formatting, builds the site, and runs every test under test/: unit tests, the
golden build, and a real browser over dist/. Needs Chromium (CHROME names another one) and no network.`,
    flags: {
      only: flag(
        z.string().optional(),
        "WORD",
        "run the tests whose path holds WORD, and nothing else: --only unit, --only browser"
      )
    }
  },
  async ({only}) => {
    const files = testFiles().filter(
      (file) => only === undefined || relative(paths.root, file).includes(only)
    );
    if (files.length === 0) throw new UsageError(`No test under test/ has “${only}” in its path.`);
    if (only === undefined) {
      step("Types", "tsc");
      step("Style", "biome", "check", "--error-on-warnings");
      step("SQL", "tsx", "loaders/cli/format-sql.ts", "--check");
      step("Build", "tsx", "loaders/cli/build.ts");
      buildFixture();
    }
    process.env.CHROME = await findChromium();
    console.error(`Browser: ${process.env.CHROME}`);
    process.exitCode = (await runTests(files)) ? 0 : 1;
  }
);

/** Runs the files in order, several at once, each in its own process; resolves to whether all passed. */
async function runTests(files: string[]): Promise<boolean> {
  let passed = true;
  const events = runFiles({files, concurrency: AT_ONCE});
  events.on("test:fail", () => {
    passed = false;
  });
  await pipeline(events, new spec(), process.stdout, {end: false});
  return passed;
}

function step(name: string, command: string, ...args: string[]): void {
  console.error(`${name}: ${[command, ...args].join(" ")}`);
  const {status} = spawnSync(join(paths.root, "node_modules/.bin", command), args, {
    cwd: paths.root,
    stdio: "inherit"
  });
  if (status !== 0) throw new Error(`${name} failed; see above.`);
}

/** Tests of the engine in a browser and the golden test share one built site of the fixture report. */
function buildFixture(): void {
  console.error("Fixture: npx benchbook build");
  const {status} = spawnSync(process.execPath, [join(paths.root, "loaders/cli/benchbook.js"), "build"], {
    cwd: join(paths.root, "test/fixture"),
    env: {...process.env, NODE_OPTIONS: `--import ${clock}`},
    stdio: "inherit"
  });
  if (status !== 0) throw new Error("The fixture report could not be built; see above.");
}

function testFiles(): string[] {
  return readdirSync(join(paths.root, "test"), {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(".test.ts"))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, "en"))
    .map((name) => join(paths.root, "test", name));
}

function rank(name: string): number {
  const place = longest.findIndex((start) => name.startsWith(start));
  return place < 0 ? longest.length : place;
}
