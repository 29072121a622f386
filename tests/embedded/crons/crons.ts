// Copied beside the fixture functions by scheduler.test.ts: other tests count runs and cannot have crons.
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();
crons.interval("tick", { seconds: 1 }, internal.work.tick, { by: "interval" });
crons.monthly("bill", { day: 1, hourUTC: 0 }, internal.work.tick, { by: "monthly" });
crons.cron("leap", "0 0 29 2 *", internal.work.tick, { by: "cron" });

export default crons;
