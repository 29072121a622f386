// The functions and the schema of one version of the functions folder, their validators compiled.

import type { Database } from "../store/database.ts";
import type { IndexDefinition } from "../store/tables.ts";
import { FunctionError } from "../value/errors.ts";
import { tableOfId } from "../value/ids.ts";
import type { FieldJson, Json, JsonObject, ValidatorJson } from "../value/json.ts";
import { type Check, compile, type TableOf } from "../value/validators.ts";
import { type CheckedFunction, checked, kindName } from "./checked_function.ts";
import type { FunctionInfo, Kind, Listing, SchemaJson, VectorIndexJson } from "./listing.ts";
import { parsePath } from "./path.ts";
import { checkFieldNames, checkSchema } from "./schema_rules.ts";

const fields = (...names: string[]): IndexDefinition => ({ fields: names });
const JOB_INDEXES = { by_state: fields("state.kind", "scheduledTime") };
export const SYSTEM_TABLES = new Map([
  ["_scheduled_functions", new Map(Object.entries({ ...JOB_INDEXES, by_completed: fields("completedTime") }))],
  ["_storage", new Map<string, IndexDefinition>()],
  ["_files", new Map(Object.entries({ by_uuid: fields("uuid"), by_storage: fields("storageId") }))],
  ["_cron_jobs", new Map(Object.entries(JOB_INDEXES))],
]);
/** The tables of `ctx.db.system`. */
export const READABLE_SYSTEM_TABLES = new Set(["_scheduled_functions", "_storage"]);

export class Catalog {
  readonly trace: (stack: string) => string;
  /** Of HTTP actions; null if there is no router. */
  readonly routes: Listing["routes"];
  readonly #functions = new Map<string, CheckedFunction>();
  readonly #documents = new Map<string, Check>();
  readonly schema: SchemaJson | null;
  readonly functions: readonly FunctionInfo[];

  /** Raises FunctionError for a schema that Convex would refuse. */
  constructor(
    db: Database,
    { functions, schema, routes }: Pick<Listing, "functions" | "schema" | "routes">,
    trace: (stack: string) => string,
    suspects: readonly string[],
  ) {
    if (schema !== null) checkSchema(schema);
    this.trace = trace;
    this.routes = routes;
    this.schema = schema;
    this.functions = functions;
    const tableOf: TableOf = (id) => {
      const number = tableOfId(id);
      return number === null ? null : (db.tablesByNumber.get(number)?.name ?? null);
    };
    functions.forEach((fn, number) => {
      const path = `${fn.module}:${fn.name}`;
      checkFieldNames(fn.args, `In the arguments of ${path}`);
      if (fn.returns) checkFieldNames(fn.returns, `In the result of ${path}`);
      this.#functions.set(path, checked(fn, number, tableOf, suspects.includes(path)));
    });
    for (const { tableName, documentType } of schema?.tables ?? []) {
      this.#documents.set(tableName, compileDocument(documentType, tableName, tableOf));
    }
  }

  get paths(): string[] {
    return [...this.#functions.keys()];
  }

  /** Every function as `npx convex function-spec` prints it. */
  get specifications(): Json {
    const functions: Json[] = this.functions.map(({ module, name, kind, public: isPublic, args, returns }) => ({
      ...{
        identifier: `${module}.js:${name}`,
        functionType: kindName(kind),
        visibility: { kind: isPublic ? "public" : "internal" },
      },
      ...{ args: args as Json, returns: (returns ?? { type: "any" }) as Json },
    }));
    return functions.concat((this.routes ?? []).map((route) => ({ functionType: "HttpAction", ...route })));
  }

  /** The route of a request, for logs: what follows `/*` may be a secret. */
  routeOf(method: string, path: string): string {
    const prefix = (route: string): boolean => route.endsWith("/*") && path.startsWith(route.slice(0, -1));
    const fits = (this.routes ?? []).map((route) => route.path).filter((route) => route === path || prefix(route));
    return `${method} ${fits.sort((a, b) => b.length - a.length)[0] ?? "without a route"}`;
  }

  hasModule(module: string): boolean {
    return this.paths.some((path) => path.startsWith(`${module}:`));
  }

  find(path: string): CheckedFunction | undefined {
    const { module, name } = parsePath(path);
    return this.#functions.get(`${module}:${name}`);
  }

  /** The function, or FunctionError in Convex's words. Internal ones are only found by who is trusted. */
  findCallable(path: string, kind: Kind | null, trusted: boolean): CheckedFunction {
    const fn = this.find(path);
    if (fn === undefined || (!fn.public && !trusted)) throw missing(path);
    if (kind !== null && fn.kind !== kind) throw wrongKind(fn, kind);
    return fn;
  }

  vectorIndex(table: string, name: string): VectorIndexJson | undefined {
    return this.schema?.tables
      .find(({ tableName }) => tableName === table)
      ?.vectorIndexes?.find(({ indexDescriptor }) => indexDescriptor === name);
  }

  /** Raises FunctionError if the schema does not allow the document. */
  checkDocument(table: string, document: JsonObject): void {
    const wrong = this.schema?.schemaValidation === false ? undefined : this.#documents.get(table)?.(document, "");
    if (wrong) {
      throw new FunctionError(
        `Failed to insert or update a document in table "${table}" because it does not match the schema: ${wrong}`,
      );
    }
  }

  /**
   * Makes the database's tables and indexes those of the schema and checks every row, all in one transaction.
   * Raises FunctionError, having changed nothing, if a row does not fit.
   */
  install(db: Database): void {
    db.restructure((structure) => {
      for (const { tableName } of this.schema?.tables ?? []) structure.ensureTable(tableName);
      for (const [name, indexes] of SYSTEM_TABLES) structure.defineIndexes(structure.ensureTable(name), indexes);
      for (const table of db.tables.values()) {
        if (table.name.startsWith("_")) continue;
        const wanted = this.schema?.tables.find(({ tableName }) => tableName === table.name);
        structure.defineIndexes(table, indexesOf(wanted));
        const enforced = wanted && this.schema!.schemaValidation ? JSON.stringify(wanted.documentType) : "";
        if (structure.enforced(table) === enforced) continue;
        structure.setEnforced(table, enforced);
        if (!wanted || enforced === "") continue;
        for (const row of db.rows(table)) {
          const wrong = this.#documents.get(table.name)!(row.value, "");
          if (wrong) {
            throw new FunctionError(
              `Schema validation failed. Document with ID "${row.value._id as string}" in table "${table.name}" does not match the schema: ${wrong}`,
            );
          }
        }
      }
    });
  }
}

const missing = (path: string): FunctionError =>
  new FunctionError(
    `Could not find public function for '${path.replace(/\.js(?=:|$)/, "")}'. Did you forget to run \`npx convex dev\`?`,
  );
const wrongKind = (fn: CheckedFunction, kind: Kind): FunctionError =>
  new FunctionError(`Trying to execute ${fn.path} as ${kindName(kind)}, but it is defined as ${kindName(fn.kind)}.`);

/** Checks a document without those fields that the database gives, as the schema knows nothing of them. */
function compileDocument(validator: ValidatorJson, table: string, tableOf: TableOf): Check {
  const fits = compile(withSystemFields(validator, table), tableOf);
  const explain = compile(validator, tableOf);
  return (document, path) => {
    if (fits(document, path) === null) return null;
    const { _id, _creationTime, ...own } = document as JsonObject;
    return explain(own, path);
  };
}

function withSystemFields(validator: ValidatorJson, table: string): ValidatorJson {
  if (validator.type === "union")
    return { type: "union", value: validator.value.map((member) => withSystemFields(member, table)) };
  if (validator.type !== "object") return validator;
  const system: Record<string, FieldJson> = {
    _id: { fieldType: { type: "id", tableName: table }, optional: false },
    _creationTime: { fieldType: { type: "number" }, optional: false },
  };
  return { type: "object", value: { ...validator.value, ...system } };
}

function indexesOf(table: SchemaJson["tables"][number] | undefined): Map<string, IndexDefinition> {
  const wanted = new Map<string, IndexDefinition>();
  for (const { indexDescriptor, fields } of table?.indexes ?? []) wanted.set(indexDescriptor, { fields });
  for (const { indexDescriptor, searchField, filterFields } of table?.searchIndexes ?? []) {
    wanted.set(indexDescriptor, { searchField, filterFields, ...(filterFields.length ? { narrow: true } : {}) });
  }
  return wanted;
}
