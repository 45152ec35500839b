#!/usr/bin/env node
// Runs Benchbook's Observable Framework for a report in a folder of its own: npx observable build.

import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";

const framework = dirname(createRequire(import.meta.url).resolve("@observablehq/framework/package.json"));
await import(pathToFileURL(join(framework, "dist/bin/observable.js")).href);
