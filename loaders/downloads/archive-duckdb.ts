// A data loader for Framework: src/benchbook/duckdb.zip, with the files of DuckDB-Wasm that the panel loads.

import {zipSync} from "fflate";
import {duckdbWasm} from "./duckdb-wasm.js";

process.stdout.write(zipSync(await duckdbWasm(), {level: 0}));
