// The functions and the schema of the app or of a component in one version of the functions, their validators compiled.

import type { Instance } from "../components/instances.ts";
import type { Database } from "../store/database.ts";
import type { Structure } from "../store/structure.ts";
import type { IndexDefinition } from "../store/tables.ts";
import { FunctionError } from "../value/errors.ts";
import { tableOfId } from "../value/ids.ts";
import type { Json, JsonObject, ValidatorJson } from "../value/json.ts";
import type { Check, TableOf } from "../value/validators.ts";
import { type CheckedFunction, checked, kindName } from "./checked_function.ts";
import { compileDocument } from "./document.ts";
import type { FunctionInfo, Kind, Listing, SchemaJson, VectorIndexJson } from "./listing.ts";
import { checkName } from "./module_rules.ts";
import { parsePath, shortPath } from "./path.ts";
import { checkSchema } from "./schema_rules.ts";
import { checkValidator } from "./validator_rules.ts";

const fields = (...names: string[]): IndexDefinition => ({ fields: names });
const JOB_INDEXES = { by_state: fields("state.kind", "scheduledTime") };
export const SYSTEM_TABLES = new Map([
  ["_scheduled_functions", new Map(Object.entries({ ...JOB_INDEXES, by_completed: fields("completedTime") }))],
  ["_storage", new Map<string, IndexDefinition>()],
  ["_files", new Map(Object.entries({ by_uuid: fields("uuid"), by_storage: fields("storageId") }))],
  ["_cron_jobs", new Map(Object.entries(JOB_INDEXES))],
  ["_imports", new Map<string, IndexDefinition>()],
]);
/** The tables of `ctx.db.system`. */
export const READABLE_SYSTEM_TABLES = new Set(["_scheduled_functions", "_storage"]);

export class Catalog {
  /** The path of the component: `rateLimiter/batchWorker`. The app's is empty. */
  readonly component: string;
  /** What the paths of its HTTP routes begin with; null if they have no prefix, or if it is a component that is not reached over HTTP. */
  readonly mount: string | null;
  /** Those of the app and of all components, by path, the app's first. */
  readonly mounted: Map<string, Catalog>;
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
    { path: component, mount }: Pick<Instance, "path" | "mount"> = { path: "", mount: null },
    mounted: Map<string, Catalog> = new Map(),
  ) {
    if (schema !== null) checkSchema(schema);
    this.component = component;
    this.mount = mount;
    this.mounted = mounted;
    this.trace = trace;
    this.routes = routes;
    this.schema = schema;
    this.functions = functions;
    const tableOf: TableOf = (id) => {
      const number = tableOfId(id);
      const table = number === null ? undefined : db.tablesByNumber.get(number);
      return table?.component === component ? table.name : null;
    };
    const before = [...mounted.values()].reduce((sum, other) => sum + other.functions.length, 0);
    functions.forEach((fn, number) => {
      const path = `${fn.module}:${fn.name}`;
      checkName(fn);
      checkValidator(fn.args, `In the arguments of ${path}`);
      if (fn.returns) checkValidator(fn.returns, `In the result of ${path}`);
      this.#functions.set(path, checked(fn, before + number, component, tableOf, suspects));
    });
    for (const { tableName, documentType } of schema?.tables ?? []) {
      this.#documents.set(tableName, compileDocument(documentType, tableName, tableOf));
    }
    mounted.set(component, this);
  }

  /** The catalog of a component. Raises FunctionError if it is not mounted. */
  of(component = ""): Catalog {
    const found = component === this.component ? this : this.mounted.get(component);
    if (found === undefined) throw new FunctionError(`Component "${component}" not found`);
    return found;
  }

  /** The catalog of a component that this one uses. */
  child(name: string): Catalog | undefined {
    return this.mounted.get(this.component === "" ? name : `${this.component}/${name}`);
  }

  /** Of the functions of the app and of all components. */
  get titles(): string[] {
    return [...this.mounted.values()].flatMap((catalog) => [...catalog.#functions.values()].map(({ title }) => title));
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
    return this.functions.some((fn) => fn.module === module);
  }

  find(path: string): CheckedFunction | undefined {
    const { module, name } = parsePath(path);
    return this.#functions.get(`${module}:${name}`);
  }

  /** The function, or FunctionError in Convex's words. Internal ones, and those of components, are only found by who is trusted. */
  findCallable(path: string, kind: Kind | null, trusted: boolean): CheckedFunction {
    const fn = this.find(path);
    if (fn === undefined || ((!fn.public || this.component !== "") && !trusted)) throw missing(path);
    if (kind !== null && fn.kind !== kind) throw wrongKind(fn, kind);
    return fn;
  }

  vectorIndex(table: string, name: string): VectorIndexJson | undefined {
    return this.schema?.tables
      .find(({ tableName }) => tableName === table)
      ?.vectorIndexes?.find(({ indexDescriptor }) => indexDescriptor === name);
  }

  /** What documents of the table must be; null if they may be anything. */
  validatorOf(table: string): ValidatorJson | null {
    if (!this.schema?.schemaValidation) return null;
    return this.schema.tables.find(({ tableName }) => tableName === table)?.documentType ?? null;
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
   * Makes the database's tables and indexes those of all schemas and checks every row, all in one transaction.
   * Raises FunctionError, having changed nothing, if a row does not fit.
   */
  install(db: Database): void {
    db.restructure((structure) => {
      for (const catalog of this.mounted.values()) catalog.#install(db, structure);
    });
  }

  #install(db: Database, structure: Structure): void {
    const { component } = this;
    for (const { tableName } of this.schema?.tables ?? []) structure.ensureTable(tableName, component);
    for (const [name, indexes] of SYSTEM_TABLES)
      structure.defineIndexes(structure.ensureTable(name, component), indexes);
    for (const table of db.tablesOf(component).values()) {
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
  }
}

const missing = (path: string): FunctionError =>
  new FunctionError(`Could not find public function for '${shortPath(path)}'.`);
const wrongKind = (fn: CheckedFunction, kind: Kind): FunctionError =>
  new FunctionError(`Trying to execute ${fn.path} as ${kindName(kind)}, but it is defined as ${kindName(fn.kind)}.`);

function indexesOf(table: SchemaJson["tables"][number] | undefined): Map<string, IndexDefinition> {
  const wanted = new Map<string, IndexDefinition>();
  if (table === undefined) return wanted;
  const { indexes, searchIndexes, vectorIndexes = [] } = table;
  const { stagedDbIndexes = [], stagedSearchIndexes = [], stagedVectorIndexes = [] } = table;
  for (const { indexDescriptor, fields } of indexes) wanted.set(indexDescriptor, { fields });
  for (const { indexDescriptor, searchField, filterFields } of searchIndexes) {
    wanted.set(indexDescriptor, { searchField, filterFields, ...(filterFields.length ? { narrow: true } : {}) });
  }
  for (const { indexDescriptor, vectorField } of vectorIndexes) wanted.set(indexDescriptor, { vectorField });
  for (const { indexDescriptor } of [...stagedDbIndexes, ...stagedSearchIndexes, ...stagedVectorIndexes])
    wanted.set(indexDescriptor, { fields: [], staged: true });
  return wanted;
}
