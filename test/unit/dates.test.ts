import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {readDate, writeAge, writeDay} from "../../loaders/dates.js";
import {answer} from "../support/macros.js";

describe("dates of runs", () => {
  it("are written with the hour, in UTC if the file says so", async () => {
    assert.equal(await answer("written_date('2026-11-24T20:16:02.083Z')"), "24 November 2026, 20:16 UTC");
    assert.equal(await answer("written_date('20260203-202832')"), "3 February 2026, 20:28 local time");
    assert.equal(writeDay(new Date("2026-11-24T20:16:02Z")), "24 November 2026");
  });

  it("are left unchanged if they are not dates", async () => {
    assert.equal(readDate("yesterday"), null);
    assert.equal(await answer("written_date('yesterday')"), "yesterday");
  });

  it("span from the first to the last, however they are written", async () => {
    const span = (first: string, last: string) =>
      answer(`written_span(written_date('${first}'), written_date('${last}'))`);
    assert.equal(
      await span("20260203-202832", "2026-11-24T20:16:02Z"),
      " from 3 February 2026, 20:28 local time to 24 November 2026, 20:16 UTC"
    );
    assert.equal(
      await span("2026-11-24T23:13:02Z", "2026-11-24T23:16:02Z"),
      " on 24 November 2026, 23:13 to 23:16 UTC"
    );
    assert.equal(await span("20260203-202832", "20260203-202832"), " on 3 February 2026, 20:28 local time");
    assert.equal(await answer("written_span(NULL, NULL)"), "");
  });

  it("are ordered by the clock they are written in", async () => {
    assert.equal(await answer("started_at('20260203-202832') < started_at('2026-02-03T20:28:33Z')"), true);
    assert.equal(await answer("started_at('yesterday')"), null);
  });

  it("show an age in days", () => {
    const age = (day: string) => writeAge(new Date("2026-11-20T12:00:00Z"), new Date(day));
    assert.equal(age("2026-11-20T13:00:00Z"), "less than a day old");
    assert.equal(age("2026-11-21T13:00:00Z"), "one day old");
    assert.equal(age("2026-12-02T12:00:00Z"), "12 days old");
  });
});
