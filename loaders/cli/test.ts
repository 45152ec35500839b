import {spawnSync} from "node:child_process";
import {readdirSync} from "node:fs";
import {join} from "node:path";
import {findChromium} from "../../test/support/chromium.js";
import {paths} from "../paths.js";
import {run} from "./run.js";

const help = `Usage: npm test [-- --only WORD]

Checks types, style and formatting, builds the site, and runs every test under test/: unit tests, the
golden build, and a real browser over dist/. Needs Chromium (CHROME names another one) and no network.

  --only WORD  run the tests whose path holds WORD, and nothing else: --only unit, --only browser
  --help       print this`;

/** Quick ones first. Folders not named here run in between. */
const order = ["unit", "", "golden", "browser", "build", "preview"];

await run(help, {only: {type: "string"}}, async ({only}) => {
  const files = testFiles().filter((file) => only === undefined || file.includes(only));
  if (files.length === 0) throw new Error(`No test under test/ has “${only}” in its path.`);
  if (only === undefined) {
    step("Types", "tsc");
    step("Style", "biome", "check", "--error-on-warnings");
    step("SQL", "tsx", "loaders/cli/format-sql.ts", "--check");
    step("Build", "tsx", "loaders/cli/build.ts");
  }
  const CHROME = await findChromium();
  console.error(`Browser: ${CHROME}`);
  const {status} = spawnSync(
    process.execPath,
    ["--import", "tsx", "--test", "--test-reporter=spec", "--test-concurrency=2", ...files],
    {cwd: paths.root, stdio: "inherit", env: {...process.env, CHROME}}
  );
  process.exitCode = status === 0 ? 0 : 1;
});

function step(name: string, command: string, ...args: string[]): void {
  console.error(`${name}: ${[command, ...args].join(" ")}`);
  const {status} = spawnSync(join(paths.root, "node_modules/.bin", command), args, {
    cwd: paths.root,
    stdio: "inherit"
  });
  if (status !== 0) throw new Error(`${name} failed; see above.`);
}

function testFiles(): string[] {
  return readdirSync(join(paths.root, "test"), {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(".test.ts"))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, "en"))
    .map((name) => join("test", name));
}

function rank(name: string): number {
  const place = order.indexOf(name.split("/")[0] ?? "");
  return place < 0 ? order.indexOf("") : place;
}
