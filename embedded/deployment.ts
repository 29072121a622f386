// The deployment: it wires its parts, holds the current version of the functions, and takes every call.
import { randomBytes } from "node:crypto";
import { Actions } from "./actions/actions.ts";
import type { Admin } from "./auth/admin.ts";
import { Verifier } from "./auth/verifier.ts";
import { analysis } from "./command/analysis.ts";
import { Executions } from "./command/executions.ts";
import type { Exports } from "./command/exports.ts";
import type { Imports } from "./command/imports.ts";
import { type Instance, instances } from "./components/instances.ts";
import type { Files } from "./files/files.ts";
import type { UploadTokens } from "./files/storage.ts";
import type { Bundle } from "./functions/bundle.ts";
import { Catalog } from "./functions/catalog.ts";
import type { Environment, Site } from "./functions/environment.ts";
import type { Listing } from "./functions/listing.ts";
import { bundleModule } from "./functions/module.ts";
import { checkNodeFunctions } from "./functions/module_rules.ts";
import type { ActionCall, MutationCall, QueryCall, WriteCall } from "./run/call.ts";
import type { Host } from "./run/host.ts";
import type { Outcome } from "./run/result.ts";
import { loadAuthConfig, Runtime } from "./sandbox/runtime.ts";
import { checkCrons, Scheduler } from "./schedule/scheduler.ts";
import type { Database } from "./store/database.ts";
import type { QueryCache } from "./turns/cache.ts";
import { runInline } from "./turns/inline.ts";
import type { Pulse } from "./turns/pulse.ts";
import type { Subscriber } from "./turns/subscriber.ts";
import { Turns } from "./turns/turns.ts";
import { FunctionError } from "./value/errors.ts";
import type { Json } from "./value/json.ts";

/** What `thread.ts` puts together. */
interface Parts {
  db: Database;
  files: Files;
  uploads: UploadTokens;
  admin: Admin;
  environment: Environment;
  exports: Exports;
  imports: Imports;
  site: Site;
  /** Hides error texts and log lines from clients. */
  production: boolean;
  /** Longest life in s of a token from another issuer, counted from `iat`. */
  maxTokenLife: number | undefined;
  /** Mutations run as if at the same time, so they can conflict: see turns/contest.ts. */
  concurrent: boolean;
  actionTime: number;
  functions: string;
  pulse: Pulse;
  /** Ends the process with this message. */
  end: (message: string) => void;
  suspects: readonly string[];
}

export class Deployment implements Host {
  readonly db: Database;
  readonly files: Files;
  readonly uploads: UploadTokens;
  readonly admin: Admin;
  readonly site: Site;
  readonly production: boolean;
  readonly actionTime: number;
  readonly maxTokenLife: number | undefined;
  readonly end: (message: string) => void;
  readonly actions: Actions;
  readonly scheduler = new Scheduler(this);
  readonly environment: Environment;
  readonly exports: Exports;
  readonly imports: Imports;
  readonly executions = new Executions();
  #catalog!: Catalog;
  #current: { bundle: Bundle; instances: readonly Instance[] } | null = null;
  verifier!: Verifier;
  readonly #functions: string;
  readonly #suspects: readonly string[];
  readonly #turns: Turns;

  constructor(parts: Parts) {
    this.db = parts.db;
    this.files = parts.files;
    this.uploads = parts.uploads;
    this.admin = parts.admin;
    this.site = parts.site;
    this.production = parts.production;
    this.actionTime = parts.actionTime;
    this.maxTokenLife = parts.maxTokenLife;
    this.end = parts.end;
    this.environment = parts.environment;
    this.exports = parts.exports;
    this.imports = parts.imports;
    this.#suspects = parts.suspects;
    this.#functions = parts.functions;
    this.#turns = new Turns(this, parts.pulse, parts.concurrent);
    this.actions = new Actions(this, parts.functions);
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  /** Starts to use a version of the functions. Raises FunctionError and keeps the old version if this one does not load. */
  async load(bundle: Bundle): Promise<void> {
    const mounted = instances(bundle.config, this.environment.all);
    const listed = await this.actions.load(bundle, mounted);
    try {
      await this.still(() => this.#load(bundle, mounted, listed));
      this.#current = { bundle, instances: mounted };
    } catch (error) {
      if (this.#current) await this.actions.load(this.#current.bundle, this.#current.instances);
      throw error;
    }
  }

  /** Works while everything is on disk and no mutation runs. */
  async still(work: () => void): Promise<void> {
    await this.#turns.pause();
    try {
      work();
    } finally {
      this.#turns.resume();
    }
  }

  #load(bundle: Bundle, instances: readonly Instance[], listed: Listing | null): void {
    const runtime = new Runtime(bundle, instances, this.#turns.calls);
    const [app, ...components] = runtime.listings;
    const known = new Set(app!.functions.map(({ module }) => module));
    const onlyNode = listed?.functions.filter(({ module }) => !known.has(module)) ?? [];
    checkNodeFunctions(onlyNode);
    const listings = [{ ...app!, functions: [...app!.functions, ...onlyNode] }, ...components];
    const mounted = new Map<string, Catalog>();
    listings.forEach((listing, i) => {
      new Catalog(this.db, listing, bundle.trace, this.#suspects, instances[i], mounted);
    });
    const catalog = mounted.get("")!;
    const verifier = new Verifier(loadAuthConfig(bundle, this.environment.all), this.production, this.maxTokenLife);
    const crons = listings.map((listing, i) => checkCrons(listing.crons, catalog.of(instances[i]!.path)));
    catalog.install(this.db);
    this.#catalog = catalog;
    this.verifier = verifier;
    this.#turns.use(runtime);
    instances.forEach(({ path }, i) => void this.scheduler.defineCrons(path, crons[i]!));
  }

  /** Takes effect at once, for live queries too. Raises RequestError, or FunctionError if the functions do not load with it; then nothing changes. */
  async changeEnvironment(changes: Json): Promise<void> {
    const takeBack = this.environment.change(changes);
    try {
      await this.load(this.#current!.bundle);
    } catch (error) {
      takeBack();
      await this.load(this.#current!.bundle);
      throw error;
    }
  }

  /** Runs the query that a module exports, which is no part of the functions folder. */
  async inline(name: string, text: string): Promise<Outcome> {
    const module = await bundleModule(this.#functions, name, text).catch((error: Error) => {
      if (error instanceof FunctionError) return this.failure(error, []);
      throw error;
    });
    if ("ok" in module) return module;
    let outcome: Outcome;
    await this.still(() => (outcome = runInline(this, module, name)));
    return outcome!;
  }

  act(call: ActionCall): void {
    this.actions.run(call);
  }

  write(write: WriteCall["write"], done: WriteCall["done"] = () => {}, component = ""): void {
    this.#turns.mutate({ write, done, component });
  }

  scheduled(): void {
    this.scheduler.wake();
  }

  mutate(call: MutationCall): void {
    this.#turns.mutate(call);
  }

  query(call: QueryCall): void {
    this.#turns.query(call);
  }

  /** The subscriber has queries to run, or wants a delivery. */
  notify(subscriber: Subscriber): void {
    this.#turns.notify(subscriber);
  }

  forget(subscriber: Subscriber): void {
    this.#turns.forget(subscriber);
  }

  /** For `npx convex codegen`. */
  get analysis(): Json {
    return analysis(this.catalog, this.#current!.bundle.config, this.environment.all, this.#functions);
  }

  get cache(): QueryCache {
    return this.#turns.cache;
  }

  executed(...execution: Parameters<Executions["add"]>): void {
    this.executions.add(...execution);
  }

  get latestExport(): bigint | null {
    return this.exports.latest;
  }

  /** The part of an error that clients see: all of it, or in production its number and a ConvexError's data. */
  failure(error: Error, logs: string[]): Outcome & { ok: false } {
    const { message = "", data, trace = "" } = error as Partial<FunctionError>;
    const head = `[Request ID: ${randomBytes(8).toString("hex")}] Server Error`;
    const full = trace === "" ? `${head}\n${message}`.trimEnd() : `${head}\n${message}\n${trace}`;
    const detail = trace === "" ? message : `${message}\n${trace}`;
    return {
      ok: false,
      message: this.production ? head : full,
      data: data === undefined ? undefined : JSON.stringify(data),
      logs: this.production ? [] : logs,
      detail,
    };
  }
}
