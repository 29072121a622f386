// The functions and the schema of one version of the functions folder, their validators compiled.
import type { Database, IndexDefinition } from "./database.ts";
import { FunctionError } from "./errors.ts";
import { parsePath, type FunctionInfo, type Kind, type SchemaJson, type VectorIndexJson } from "./functions.ts";
import { tableOfId } from "./ids.ts";
import { compile, type Check, type FieldJson, type TableOf, type ValidatorJson } from "./validators.ts";
import type { Json, JsonObject } from "./values.ts";

/** A function is trusted, and runs without the watchdog, after this many quick runs in a row. */
const TRUSTED_AFTER = 50;
const QUICK_MS = 100;

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

export interface CheckedFunction {
  /** Its place in `Catalog.paths`. */
  number: number;
  path: string;
  module: string;
  name: string;
  kind: Kind;
  public: boolean;
  /** Raises FunctionError (ArgumentValidationError). */
  checkArgs(args: Json): void;
  /** Takes the result's wire text. Raises FunctionError (ReturnsValidationError). */
  checkReturns(result: string): void;
  readonly trusted: boolean;
  ran(ms: number): void;
}

export class Catalog {
  readonly trace: (stack: string) => string;
  readonly #functions = new Map<string, CheckedFunction>();
  readonly #documents = new Map<string, Check>();
  readonly #schema: SchemaJson | null;
  readonly #functionInfos: readonly FunctionInfo[];

  constructor(db: Database, functions: FunctionInfo[], schema: SchemaJson | null, trace: (stack: string) => string, suspects: readonly string[]) {
    this.trace = trace;
    this.#schema = schema;
    this.#functionInfos = functions;
    const tableOf: TableOf = (id) => {
      const number = tableOfId(id);
      return number === null ? null : (db.tablesByNumber.get(number)?.name ?? null);
    };
    functions.forEach((fn, number) => {
      const path = `${fn.module}:${fn.name}`;
      this.#functions.set(path, checked(fn, number, tableOf, suspects.includes(path)));
    });
    for (const { tableName, documentType } of schema?.tables ?? []) {
      this.#documents.set(tableName, compile(withSystemFields(documentType, tableName), tableOf));
    }
  }

  get paths(): string[] {
    return [...this.#functions.keys()];
  }

  /** Every function as `npx convex function-spec` prints it. */
  get specifications(): Json {
    return this.#functionInfos.map(({ module, name, kind, public: isPublic, args, returns }) => ({
      ...{ identifier: `${module}.js:${name}`, functionType: kindName(kind), visibility: { kind: isPublic ? "public" : "internal" } },
      ...{ args: args as Json, returns: (returns ?? { type: "any" }) as Json },
    }));
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
    return this.#schema?.tables.find(({ tableName }) => tableName === table)?.vectorIndexes?.find(({ indexDescriptor }) => indexDescriptor === name);
  }

  /** Raises FunctionError if the schema does not allow the document. */
  checkDocument(table: string, document: JsonObject): void {
    const wrong = this.#schema?.schemaValidation === false ? undefined : this.#documents.get(table)?.(document, "");
    if (wrong) {
      throw new FunctionError(`Failed to insert or update a document in table "${table}" because it does not match the schema: ${wrong}`);
    }
  }

  /**
   * Makes the database's tables and indexes those of the schema and checks every row, all in one transaction.
   * Raises FunctionError, having changed nothing, if a row does not fit.
   */
  install(db: Database): void {
    db.restructure(() => {
      for (const { tableName } of this.#schema?.tables ?? []) db.ensureTable(tableName);
      for (const [name, indexes] of SYSTEM_TABLES) db.defineIndexes(db.ensureTable(name), indexes);
      for (const table of db.tables.values()) {
        if (table.name.startsWith("_")) continue;
        const wanted = this.#schema?.tables.find(({ tableName }) => tableName === table.name);
        db.defineIndexes(table, indexesOf(wanted));
        const enforced = wanted && this.#schema!.schemaValidation ? JSON.stringify(wanted.documentType) : "";
        if (db.enforced(table) === enforced) continue;
        db.setEnforced(table, enforced);
        if (!wanted || enforced === "") continue;
        for (const row of db.rows(table)) {
          const wrong = this.#documents.get(table.name)!(row.value, "");
          if (wrong) {
            throw new FunctionError(`Schema validation failed. Document with ID "${row.value._id as string}" in table "${table.name}" does not match the schema: ${wrong}`);
          }
        }
      }
    });
  }
}

const missing = (path: string): FunctionError =>
  new FunctionError(`Could not find public function for '${path.replace(/\.js(?=:|$)/, "")}'. Did you forget to run \`npx convex dev\`?`);
const wrongKind = (fn: CheckedFunction, kind: Kind): FunctionError =>
  new FunctionError(`Trying to execute ${fn.path} as ${kindName(kind)}, but it is defined as ${kindName(fn.kind)}.`);

export const kindName = (kind: string): string => kind[0]!.toUpperCase() + kind.slice(1);

function checked(fn: FunctionInfo, number: number, tableOf: TableOf, suspect: boolean): CheckedFunction {
  let quickRuns = suspect ? -Infinity : 0;
  const args = compile(fn.args, tableOf);
  const returns = fn.returns && compile(fn.returns, tableOf);
  return {
    number,
    get trusted() {
      return quickRuns >= TRUSTED_AFTER;
    },
    ran(ms) {
      // On a busy machine anything may take long now and then. A suspect stays one.
      quickRuns = ms > QUICK_MS ? Math.min(quickRuns, 0) : quickRuns + 1;
    },
    path: `${fn.module}.js:${fn.name}`,
    module: fn.module,
    name: fn.name,
    kind: fn.kind,
    public: fn.public,
    checkArgs(value) {
      const wrong = args(value, "");
      if (wrong) throw new FunctionError(`ArgumentValidationError: ${wrong}`);
    },
    checkReturns(result) {
      const wrong = returns?.(JSON.parse(result) as Json, "");
      if (wrong) throw new FunctionError(`ReturnsValidationError: ${wrong}`);
    },
  };
}

function withSystemFields(validator: ValidatorJson, table: string): ValidatorJson {
  if (validator.type === "union") return { type: "union", value: validator.value.map((member) => withSystemFields(member, table)) };
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
    wanted.set(indexDescriptor, { searchField, filterFields });
  }
  return wanted;
}
