// Installs the packages that package-lock.json names, unless they are there already. Runs before every npm script,
// so that each works on a fresh clone, and needs only Node. With the packages in place it uses no network.
// Output goes to stderr, because stdout belongs to `--json`.

import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, `file://${root}`), "utf8")).packages;
  } catch {
    return null;
  }
}

function isInstalled() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(
    ([path, {version, optional, peer}]) =>
      path === "" || installed[path]?.version === version || (!installed[path] && (optional || peer))
  );
}

const OLDEST = "20.18.1";
const isOlder = process.versions.node.localeCompare(OLDEST, "en", {numeric: true}) < 0;
if (isOlder) {
  console.error(`Node ${process.versions.node} is too old: Benchbook needs Node ${OLDEST} or newer.`);
  process.exit(2);
}

function npm(...args) {
  const {status} = spawnSync("npm", [...args, "--no-progress"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32"
  });
  return status === 0;
}

if (!isInstalled()) {
  console.error("Installing packages (npm ci) …");
  // npm ci refuses a lockfile written against a registry that has the packages of one platform only.
  // npm install takes what such a lockfile names, and --no-save leaves it unchanged.
  if (!npm("ci", "--ignore-scripts") && !npm("install", "--no-save", "--ignore-scripts")) {
    console.error("The packages could not be installed. Check the network and run the command again.");
    process.exit(1);
  }
}
