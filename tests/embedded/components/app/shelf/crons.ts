import { cronJobs } from "convex/server";
import { components, internal } from "./_generated/api.js";
import { internalMutation } from "./_generated/server.js";

export const dust = internalMutation({
  args: {},
  handler: (ctx): Promise<null> => ctx.runMutation(components.ledger.lines.write, { text: "dusted" }),
});

const crons = cronJobs();
crons.interval("dust", { hours: 1 }, internal.crons.dust);

export default crons;
