// The queries of `npx convex data`, `env`, `function-spec` and `export`. They need the admin key.
import { READABLE_SYSTEM_TABLES } from "../functions/catalog.ts";
import { readPage } from "../query/page.ts";
import type { Transaction } from "../query/transaction.ts";
import type { Host } from "../run/host.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { encodeInt64, isObject } from "../value/values.ts";
import { adviceOn } from "./advice.ts";

type SystemQuery = (host: Host, tx: Transaction, args: JsonObject) => string;

const json = (value: unknown): string => JSON.stringify(value);

const QUERIES: Record<string, SystemQuery> = {
  tables: (_host, { tables }) =>
    json({
      page: [...tables.keys()].filter((name) => !name.startsWith("_")).map((name) => ({ name })),
      isDone: true,
      continueCursor: "end",
    }),

  tableData(_host, tx, { table, order, paginationOpts }) {
    if (typeof table !== "string" || (table.startsWith("_") && !READABLE_SYSTEM_TABLES.has(table)))
      throw new FunctionError(`Table '${String(table)}' not found`);
    const { cursor = null, numItems = 100 } = isObject(paginationOpts) ? paginationOpts : {};
    const query = {
      source: {
        type: "FullTableScan" as const,
        tableName: table,
        order: order === "asc" ? ("asc" as const) : ("desc" as const),
      },
      operators: [],
    };
    return readPage(
      tx,
      { query, cursor: cursor as string | null, endCursor: null, pageSize: numItems as number, maximumRowsRead: null },
      null,
    ).text;
  },

  queryEnvironmentVariables: ({ environment }) =>
    json(
      Object.entries(environment.set)
        .sort()
        .map(([name, value]) => ({ name, value })),
    ),
  "queryEnvironmentVariables:get"({ environment }, _tx, { name }) {
    const value = environment.all[name as string];
    return json(value === undefined ? null : { name, value });
  },

  "modules:apiSpec": ({ catalog }, { component }) => json(catalog.of(component).specifications),
  "components:list": ({ catalog }) =>
    json(
      [...catalog.mounted.keys()].map((path) => ({
        ...{ id: path, name: path.split("/").at(-1)!, path, args: {}, state: "active" },
      })),
    ),
  "convexUrl:cloudUrl": ({ site }) => json(site.cloud),
  "convexUrl:siteUrl": ({ site }) => json(site.http),

  "queryImport:list": ({ db }) => json([...db.rows(db.tables.get("_imports")!)].map(({ value }) => value)),
  queryImport({ db }, tx, { importId }) {
    const row = typeof importId === "string" ? tx.get(db.tables.get("_imports")!, importId) : null;
    if (row === null) throw new FunctionError(`There is no import ${json(importId ?? null)}.`);
    return row.text;
  },

  "exports:getLatest": ({ latestExport: latest }) =>
    json(
      latest && { state: "completed", complete_ts: ts(latest), start_ts: ts(latest), zip_object_key: String(latest) },
    ),
};

const ts = (value: bigint): Json => ({ $integer: encodeInt64(value) });

/** Undefined for other queries. Raises FunctionError for a command that does not work here. */
export function systemQuery(path: string): SystemQuery | undefined {
  const name = /^_system\/(?:cli|frontend)\/(.+?)(?::default)?$/.exec(path)?.[1];
  if (name !== undefined && Object.hasOwn(QUERIES, name)) return QUERIES[name];
  const advice = adviceOn(path);
  if (advice !== undefined) throw new FunctionError(advice);
  return undefined;
}
