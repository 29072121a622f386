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

/** An index that is staged cannot be used yet. */
export interface SchemaJson {
  tables: {
    tableName: string;
    indexes: IndexJson[];
    stagedDbIndexes?: IndexJson[];
    searchIndexes: SearchIndexJson[];
    stagedSearchIndexes?: SearchIndexJson[];
    vectorIndexes?: VectorIndexJson[];
    stagedVectorIndexes?: VectorIndexJson[];
    documentType: ValidatorJson;
  }[];
  schemaValidation: boolean;
}

interface IndexJson {
  indexDescriptor: string;
  fields: string[];
}

interface SearchIndexJson {
  indexDescriptor: string;
  searchField: string;
  filterFields: string[];
}

export interface VectorIndexJson {
  indexDescriptor: string;
  vectorField: string;
  dimensions: number;
  filterFields: string[];
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
  const must = (holds: unknown, message: string): void => {
    if (!holds) throw new Error(message);
  };
  const more = "To learn more, see the schema documentation at https://docs.convex.dev/database/schemas.";
  must(!modules.schema || schema, `Schema file missing default export. ${more}`);
  must(
    !schema || typeof schema.export === "function",
    `Default export from schema file isn't a Convex schema. ${more}`,
  );
  must(!modules.http || router, "`convex/http.js` must have a default export of a Router.");
  must(!router || router.isRouter === true, "The default export of `convex/http.js` is not a Router.");
  must(!modules.crons || crons, "`convex/crons.js` must have a default export of a Crons object.");
  must(!crons || crons.isCrons === true, "The default export of `convex/crons.js` is not a Crons object.");
  return JSON.stringify({
    functions,
    schema: schema ? JSON.parse(schema.export()) : null,
    crons: crons ? JSON.parse(crons.export()) : {},
    routes: router ? router.getRoutes().map(([path, method]: [string, string]) => ({ path, method })) : null,
  });
}
