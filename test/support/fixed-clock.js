// Preloaded into a build: its clock always starts at the same instant, so that the current date cannot
// get into the site unnoticed. It runs on from there, because a stopped clock makes loops wait.

const RealDate = Date;
const offset = RealDate.UTC(2001, 1, 3, 4, 5, 6) - RealDate.now();

globalThis.Date = new Proxy(RealDate, {
  construct: (_target, date) =>
    date.length === 0 ? new RealDate(RealDate.now() + offset) : Reflect.construct(RealDate, date),
  get: (target, property) =>
    property === "now" ? () => RealDate.now() + offset : Reflect.get(target, property)
});
