/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import type * as boards from "../boards.js";
import type * as changes from "../changes.js";
import type * as model_access from "../model/access.js";
import type * as model_apply from "../model/apply.js";
import type * as model_counter from "../model/counter.js";
import type * as model_digest from "../model/digest.js";
import type * as model_log from "../model/log.js";
import type * as model_op from "../model/op.js";
import type * as model_operation from "../model/operation.js";
import type * as model_presence from "../model/presence.js";
import type * as model_refuse from "../model/refuse.js";
import type * as model_revert from "../model/revert.js";
import type * as model_role from "../model/role.js";
import type * as model_shape from "../model/shape.js";
import type * as relay from "../relay.js";
import type * as users from "../users.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  boards: typeof boards;
  changes: typeof changes;
  "model/access": typeof model_access;
  "model/apply": typeof model_apply;
  "model/counter": typeof model_counter;
  "model/digest": typeof model_digest;
  "model/log": typeof model_log;
  "model/op": typeof model_op;
  "model/operation": typeof model_operation;
  "model/presence": typeof model_presence;
  "model/refuse": typeof model_refuse;
  "model/revert": typeof model_revert;
  "model/role": typeof model_role;
  "model/shape": typeof model_shape;
  relay: typeof relay;
  users: typeof users;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;
