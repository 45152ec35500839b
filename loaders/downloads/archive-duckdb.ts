// A data loader of Framework: DuckDB-Wasm as the panel loads it, as a zip archive: src/benchbook/duckdb.zip.

import {zipSync} from "fflate";
import {duckdbWasm} from "./duckdb-wasm.js";

process.stdout.write(zipSync(await duckdbWasm(), {level: 0}));
