import {readFileSync} from "node:fs";
import {DuckDBInstance} from "@duckdb/node-api";
import {engine} from "../../loaders/paths.js";

/** Answers an expression with the macros of the warehouse. */
export async function answer(expression: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(readFileSync(`${engine}warehouse/macros.sql`, "utf8"));
    const rows = await connection.runAndReadAll(`SELECT ${expression}`);
    return rows.getRowsJS()[0]?.[0];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
