// Runs INSIDE the functions' context, like sandbox.ts: its source text is evaluated there.

import type { Json, ValidatorJson } from "../value/json.ts";

export type Kind = "query" | "mutation" | "action";

/** One exported function, as `list` describes it. */
export interface FunctionInfo {
  module: string;
  name: string;
  kind: Kind;
  public: boolean;
  args: ValidatorJson;
  returns: ValidatorJson | null;
}

export interface SchemaJson {
  tables: {
    tableName: string;
    indexes: { indexDescriptor: string; fields: string[] }[];
    searchIndexes: { indexDescriptor: string; searchField: string; filterFields: string[] }[];
    vectorIndexes?: VectorIndexJson[];
    documentType: ValidatorJson;
  }[];
  schemaValidation: boolean;
}

export interface VectorIndexJson {
  indexDescriptor: string;
  vectorField: string;
  dimensions: number;
}

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
  /** What the router of http.ts has; null if there is none. */
  routes: { path: string; method: string }[] | null;
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
  const router = modules.http?.default;
  return JSON.stringify({
    functions,
    schema: schema ? JSON.parse(schema.export()) : null,
    crons: crons?.isCrons ? JSON.parse(crons.export()) : {},
    routes: router?.isRouter ? router.getRoutes().map(([path, method]: [string, string]) => ({ path, method })) : null,
  });
}
