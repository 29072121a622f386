// Every component of these tests, in one app.
import actionCache from "@convex-dev/action-cache/convex.config.js";
import aggregate from "@convex-dev/aggregate/convex.config.js";
import crons from "@convex-dev/crons/convex.config.js";
import migrations from "@convex-dev/migrations/convex.config.js";
import presence from "@convex-dev/presence/convex.config.js";
import rateLimiter from "@convex-dev/rate-limiter/convex.config.js";
import shardedCounter from "@convex-dev/sharded-counter/convex.config.js";
import workpool from "@convex-dev/workpool/convex.config.js";
import { defineApp } from "convex/server";
import { v } from "convex/values";
import shelf from "./shelf/convex.config.js";

const app = defineApp({ env: { FACTS: v.string() } });
app.use(actionCache);
app.use(aggregate);
app.use(aggregate, { name: "direct" });
app.use(crons);
app.use(migrations);
app.use(presence);
app.use(rateLimiter);
app.use(shardedCounter);
app.use(workpool);
app.use(workpool, { name: "narrow" });
app.use(shelf, { name: "fiction", env: { LABEL: "made up" }, httpPrefix: "/fiction" });
app.use(shelf, { name: "facts", env: { LABEL: app.env.FACTS }, httpPrefix: "/facts/" });

export default app;
