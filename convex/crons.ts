/** Scheduled jobs, at times of day when few people draw. In UTC. */
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.hourly("delete files that nothing uses", { minuteUTC: 17 }, internal.files.collect, {});
crons.hourly("delete boards whose time in the trash is over", { minuteUTC: 22 }, internal.trash.expire, {});
crons.hourly("erase boards that were deleted", { minuteUTC: 27 }, internal.purge.boards, {});
crons.hourly("delete rows whose time is over", { minuteUTC: 37 }, internal.collect.expired, {});
crons.hourly("write down what boards of earlier versions say", { minuteUTC: 47 }, internal.writings.gather, {});
crons.daily("delete stored objects without a row", { hourUTC: 3, minuteUTC: 41 }, internal.files.sweep, {});

export default crons;
