/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as cache from "../cache.js";
import type * as counts from "../counts.js";
import type * as events from "../events.js";
import type * as http from "../http.js";
import type * as limits from "../limits.js";
import type * as migrations from "../migrations.js";
import type * as pool from "../pool.js";
import type * as presence from "../presence.js";
import type * as scores from "../scores.js";
import type * as shelves from "../shelves.js";
import type * as timers from "../timers.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  cache: typeof cache;
  counts: typeof counts;
  events: typeof events;
  http: typeof http;
  limits: typeof limits;
  migrations: typeof migrations;
  pool: typeof pool;
  presence: typeof presence;
  scores: typeof scores;
  shelves: typeof shelves;
  timers: typeof timers;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {
  actionCache: import("@convex-dev/action-cache/_generated/component.js").ComponentApi<"actionCache">;
  aggregate: import("@convex-dev/aggregate/_generated/component.js").ComponentApi<"aggregate">;
  direct: import("@convex-dev/aggregate/_generated/component.js").ComponentApi<"direct">;
  crons: import("@convex-dev/crons/_generated/component.js").ComponentApi<"crons">;
  migrations: import("@convex-dev/migrations/_generated/component.js").ComponentApi<"migrations">;
  presence: import("@convex-dev/presence/_generated/component.js").ComponentApi<"presence">;
  rateLimiter: import("@convex-dev/rate-limiter/_generated/component.js").ComponentApi<"rateLimiter">;
  shardedCounter: import("@convex-dev/sharded-counter/_generated/component.js").ComponentApi<"shardedCounter">;
  workpool: import("@convex-dev/workpool/_generated/component.js").ComponentApi<"workpool">;
  narrow: import("@convex-dev/workpool/_generated/component.js").ComponentApi<"narrow">;
  fiction: import("../shelf/_generated/component.js").ComponentApi<"fiction">;
  facts: import("../shelf/_generated/component.js").ComponentApi<"facts">;
};
