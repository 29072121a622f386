// The model's mutations: one after another, on tables that are copied.
import { CommitTsPlaceholder, type Value } from "convex/values";
import { answer, type Document, page, type Reads, Refused } from "./queries.ts";
import { fits, isRecord, type TableOf } from "./shapes.ts";
import type { Job, State } from "./state.ts";
import type { Done, Expression, Fields, Read, Step, Target } from "./steps.ts";
import type { Table } from "./tables.ts";

export class Transaction {
  state: State;
  readonly #schema: ReadonlyMap<string, Table>;
  readonly #known: TableOf;
  readonly #made = new Map<string, string>();
  readonly #reads: Reads = [];
  #paginated = false;

  /** `known` tells the tables of all ids that there ever were. */
  constructor(state: State, schema: ReadonlyMap<string, Table>, known: TableOf) {
    this.state = state;
    this.#schema = schema;
    this.#known = known;
  }

  /** `was` is what the deployment did: it chooses the ids. Without it some are made up. */
  play(steps: readonly Step[], was: readonly Done[] | null): Done[] {
    return steps.map((step, i) => this.#do(step, was?.[i]));
  }

  #do(step: Step, was: Done | undefined): Done {
    switch (step.do) {
      case "insert": {
        const [id, time] = Array.isArray(was) ? was : [`made up ${this.#made.size}`, 1e15 + this.#made.size];
        if (this.#get(id as string)) throw new Error(`The id ${id} was given twice.`);
        const fields = this.#evaluate(step.fields, null);
        this.#made.set(id as string, step.table);
        this.#write(step.table, { ...fields, _id: id!, _creationTime: time! });
        return [id!, time!];
      }
      case "patch":
      case "replace":
        return this.#update(step);
      case "delete": {
        const id = this.#find(step.target);
        if (id === null) return null;
        this.#put(this.#existing(id), id, undefined);
        return id;
      }
      case "read":
        return this.#read(step.read);
      case "page": {
        if (this.#paginated) throw new Refused("pages");
        this.#paginated = true;
        const wanted = { size: step.size, from: null, to: null };
        const found = page(this.#table(step.read), this.state.tables, step.read, this.#reads, wanted);
        return { page: found.page, isDone: found.end === "end" };
      }
      case "get":
        return this.#get(this.#tabled(step.id)) ?? null;
      case "normalize":
        return this.#tableOf(step.id) === step.table ? step.id : null;
      case "part":
        return this.#part(step, was);
      case "fail":
        throw new Refused(step.data);
      case "schedule": {
        const id = typeof was === "string" ? was : `made up job ${this.state.jobs.size}`;
        const job: Job = { op: step.op, steps: step.steps, state: "pending" };
        this.state = { ...this.state, jobs: new Map(this.state.jobs).set(id, job) };
        return id;
      }
      case "cancel": {
        const job = this.state.jobs.get(step.job);
        if (job === undefined) throw new Refused("id");
        if (job.state === "pending")
          this.state = { ...this.state, jobs: new Map(this.state.jobs).set(step.job, { ...job, state: "canceled" }) };
        return null;
      }
    }
  }

  /** A sub-transaction: it is undone alone if its error is caught. */
  #part(step: Step & { do: "part" }, was: Done | undefined): Done {
    const before = { state: this.state, paginated: this.#paginated };
    this.#paginated = false;
    try {
      return { done: this.play(step.steps, isRecord(was) && Array.isArray(was.done) ? was.done : null) };
    } catch (error) {
      this.state = before.state;
      if (!step.catches || !(error instanceof Refused)) throw error;
      return { caught: error.outcome };
    } finally {
      this.#paginated = before.paginated;
    }
  }

  #update(step: Step & { do: "patch" | "replace" }): Done {
    const id = this.#find(step.target);
    if (id === null) return null;
    const before = this.#get(this.#tabled(id));
    const fields = this.#evaluate(step.fields, before ?? null);
    if (step.table.length > 0 && this.#tableOf(id) !== step.table[0]) throw new Refused("id");
    const table = this.#existing(id);
    const { _id, _creationTime } = before!;
    const next = { ...(step.do === "patch" ? before : {}), ...fields, _id: _id!, _creationTime: _creationTime! };
    return this.#write(table, next) as Value;
  }

  #tableOf: TableOf = (id) => this.#made.get(id) ?? this.#known(id);

  #tabled(id: string): string {
    if (this.#tableOf(id) === null) throw new Refused("id");
    return id;
  }

  #existing(id: string): string {
    if (this.#get(this.#tabled(id)) === undefined) throw new Refused("missing");
    return this.#tableOf(id)!;
  }

  #get(id: string): Document | undefined {
    return this.state.tables.get(this.#tableOf(id) ?? "")?.get(id);
  }

  #table = ({ table }: Read): Table => this.#schema.get(table)!;

  #read(read: Read): Value[] {
    return answer(this.#table(read), this.state.tables, read, this.#reads);
  }

  #find(target: Target): string | null {
    if ("id" in target) return target.id;
    const found = this.#read(target.read) as Document[];
    return found.length === 0 ? null : (found[target.nth % found.length]!._id as string);
  }

  #evaluate(fields: Fields, current: Document | null): Record<string, Value | undefined> {
    return Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, this.#valueOf(each, current)]));
  }

  #valueOf(expression: Expression, current: Document | null): Value | undefined {
    switch (expression.is) {
      case "value":
        return expression.value[0];
      case "idOf":
        return this.#find(expression.target);
      case "count":
        return this.#read(expression.read).length;
      case "commitTs":
        return new CommitTsPlaceholder();
      case "next": {
        const before = current?.[expression.field];
        return typeof before === "number" ? before + 1 : 0;
      }
    }
  }

  #write(table: string, fields: Record<string, Value | undefined>): Document {
    const document = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Document;
    const { _id, _creationTime, ...own } = document;
    if (!fits({ is: "object", fields: this.#schema.get(table)!.fields }, own as Value, this.#tableOf))
      throw new Refused("schema");
    this.#put(table, _id as string, document);
    return document;
  }

  #put(table: string, id: string, document: Document | undefined): void {
    const documents = new Map(this.state.tables.get(table));
    if (document) documents.set(id, document);
    else documents.delete(id);
    this.state = { ...this.state, tables: new Map(this.state.tables).set(table, documents) };
  }
}
