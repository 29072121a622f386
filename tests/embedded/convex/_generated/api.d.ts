/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type { ApiFromModules, FilterApi, FunctionReference } from "convex/server";
import type * as bulk from "../bulk.js";
import type * as counters from "../counters.js";
import type * as errors from "../errors.js";
import type * as folder_deep from "../folder/deep.js";
import type * as http from "../http.js";
import type * as limits from "../limits.js";
import type * as log from "../log.js";
import type * as node from "../node.js";
import type * as notes from "../notes.js";
import type * as plain from "../plain.js";
import type * as values from "../values.js";
import type * as work from "../work.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  counters: typeof counters;
  errors: typeof errors;
  "folder/deep": typeof folder_deep;
  http: typeof http;
  bulk: typeof bulk;
  limits: typeof limits;
  log: typeof log;
  node: typeof node;
  notes: typeof notes;
  plain: typeof plain;
  values: typeof values;
  work: typeof work;
}>;
export declare const api: FilterApi<typeof fullApi, FunctionReference<any, "public">>;
export declare const internal: FilterApi<typeof fullApi, FunctionReference<any, "internal">>;
