import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {readDate, writeAge, writeDate, writeDay, writeSpan} from "../../loaders/dates.js";

describe("dates of runs", () => {
  it("are written with the hour, in UTC where the file says so", () => {
    assert.equal(writeDate("2026-11-24T20:16:02.083Z"), "24 November 2026, 20:16 UTC");
    assert.equal(writeDate("20260203-202832"), "3 February 2026, 20:28 local time");
    assert.equal(writeDay(new Date("2026-11-24T20:16:02Z")), "24 November 2026");
  });

  it("stand as they are where they are none", () => {
    assert.equal(readDate("yesterday"), null);
    assert.equal(writeDate("yesterday"), "yesterday");
  });

  it("span from the first to the last, whichever way they are written", () => {
    assert.equal(
      writeSpan(["2026-11-24T20:16:02Z", "20260203-202832", "yesterday"]),
      "from 3 February 2026, 20:28 local time to 24 November 2026, 20:16 UTC"
    );
    assert.equal(
      writeSpan(["2026-11-24T23:13:02Z", "2026-11-24T23:16:02Z"]),
      "on 24 November 2026, 23:13 to 23:16 UTC"
    );
    assert.equal(writeSpan(["20260203-202832"]), "on 3 February 2026, 20:28 local time");
    assert.equal(writeSpan([]), "");
  });

  it("tell an age in days", () => {
    const age = (day: string) => writeAge(new Date("2026-11-20T12:00:00Z"), new Date(day));
    assert.equal(age("2026-11-20T13:00:00Z"), "less than a day old");
    assert.equal(age("2026-11-21T13:00:00Z"), "one day old");
    assert.equal(age("2026-12-02T12:00:00Z"), "12 days old");
  });
});
