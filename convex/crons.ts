/**
 * What runs again and again. What is due at a time of its own, such as the end of an invitation, is scheduled when that
 * time is known; these jobs also find what was left over. In UTC.
 */
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.hourly("delete files that nothing uses", { minuteUTC: 17 }, internal.files.collect, {});
crons.hourly("delete boards whose time in the trash is over", { minuteUTC: 22 }, internal.trash.expire, {});
crons.hourly("erase boards that were deleted", { minuteUTC: 27 }, internal.purge.boards, {});
crons.hourly("delete rows whose time is over", { minuteUTC: 37 }, internal.collect.expired, {});
crons.interval("write down what boards of earlier versions say", { hours: 1 }, internal.writings.gather, {});
crons.cron("delete stored objects without a row", "41 3 * * *", internal.files.sweep, {});

export default crons;
