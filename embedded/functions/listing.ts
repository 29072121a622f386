// Runs INSIDE the functions' context, like sandbox.ts: its source text is evaluated there.

import type { Json } from "../value/json.ts";
import type { FunctionInfo, SchemaJson } from "./functions.ts";

export type Schedule =
  | { type: "interval"; seconds?: number; minutes?: number; hours?: number }
  | { type: "hourly"; minuteUTC?: number }
  | { type: "daily"; hourUTC: number; minuteUTC?: number }
  | { type: "weekly"; dayOfWeek: string; hourUTC: number; minuteUTC?: number }
  | { type: "monthly"; day: number; hourUTC: number; minuteUTC?: number }
  | { type: "cron"; cron: string };

/** One entry of `crons.export()`. */
export interface CronJson {
  name: string;
  args: Json[];
  schedule: Schedule;
}

/** What a version of the functions folder exports. */
export interface Listing {
  functions: FunctionInfo[];
  schema: SchemaJson | null;
  crons: Record<string, CronJson>;
  /** Whether http.ts exports a router. */
  routes: boolean;
}

export function list(modules: Record<string, Record<string, any>>): string {
  const functions: unknown[] = [];
  for (const [module, exports] of Object.entries(modules)) {
    for (const [name, fn] of Object.entries(exports)) {
      if (typeof fn !== "function") continue;
      const kind = fn.isQuery ? "query" : fn.isMutation ? "mutation" : fn.isAction ? "action" : null;
      if (kind === null) continue;
      functions.push({
        module,
        name,
        kind,
        public: fn.isPublic === true,
        args: JSON.parse(fn.exportArgs()),
        returns: JSON.parse(fn.exportReturns()),
      });
    }
  }
  const schema = modules.schema?.default;
  const crons = modules.crons?.default;
  return JSON.stringify({
    functions,
    schema: schema ? JSON.parse(schema.export()) : null,
    crons: crons?.isCrons ? JSON.parse(crons.export()) : {},
    routes: modules.http?.default?.isRouter === true,
  });
}
