// node --import gc.ts: appends each garbage collection of a thread to the file GARBAGE, for bench/garbage.py.
import { appendFileSync } from "node:fs";
import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";

const KINDS = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, "major"],
  [constants.NODE_PERFORMANCE_GC_MINOR, "minor"],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, "incremental"],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, "weak callbacks"],
]);
const LEAST = 1; // ms
type Collection = PerformanceEntry & { detail: { kind: number } };
const file = process.env.GARBAGE ?? "/dev/null";

new PerformanceObserver((list) => {
  for (const { startTime, duration, detail } of list.getEntries() as Collection[]) {
    if (duration < LEAST) continue;
    const start = (performance.timeOrigin + startTime) / 1000;
    const line = JSON.stringify({ pid: process.pid, start, ms: duration, kind: KINDS.get(detail.kind) });
    appendFileSync(file, `${line}\n`);
  }
}).observe({ entryTypes: ["gc"] });
