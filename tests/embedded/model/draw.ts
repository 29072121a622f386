// Random steps of mutations.
import { DrawnReads } from "./drawn_reads.ts";
import type { Random } from "./random.ts";
import { fitting } from "./shapes.ts";
import type { Expression, Fields, Read, Step, Target } from "./steps.ts";
import type { Table } from "./tables.ts";

export class Draw extends DrawnReads {
  readonly #seed: number;
  #ops = 0;

  constructor(random: Random, tables: Table[], seed: number) {
    super(random, tables);
    this.#seed = seed;
  }

  op = (): string => `${this.#seed}.${this.#ops++}`;

  #target = (): Target =>
    this.random.chance(0.1) ? { id: this.id() } : { read: this.#picked(), nth: this.random.below(6) };

  /** Ids that the model makes up have no order. */
  #picked(table = this.table()): Read {
    const read = this.read(table);
    return { ...read, index: read.index === "by_id" ? null : read.index };
  }

  #fields(table: Table, whole: boolean): Fields {
    const random = this.random;
    const fields: Fields = {};
    for (const [name, { of, optional }] of Object.entries(table.fields)) {
      if (!random.chance(whole ? (optional ? 0.7 : 0.97) : 0.3)) continue;
      fields[name] = { is: "value", value: random.chance(0.03) ? [random.value()] : [fitting(of, random)] };
      const special = this.#special(table, name);
      if (special && random.chance(0.5)) fields[name] = special;
      else if (!whole && random.chance(0.15)) fields[name] = { is: "value", value: [] };
      else if (name === "text") fields[name] = { is: "value", value: [this.words()] };
    }
    return fields;
  }

  #special(table: Table, field: string): Expression | null {
    if (field === "ref") {
      const aimed = this.random.chance(0.1) ? table : this.tables.find(({ name }) => name === table.refersTo)!;
      return { is: "idOf", target: { read: this.#picked(aimed), nth: this.random.below(6) } };
    }
    if (field === "ts") return { is: "commitTs" };
    if (field !== "n") return null;
    return this.random.chance(0.5) ? { is: "count", read: this.#picked() } : { is: "next", field: "n" };
  }

  steps(depth = 2): Step[] {
    const steps = Array.from({ length: 1 + this.random.below(4) }, () => this.#step(depth));
    // After a sub-transaction, which may have been undone: what is there now?
    return steps.flatMap((step): Step[] => (step.do === "part" ? [step, { do: "read", read: this.#whole() }] : [step]));
  }

  #whole = (): Read => ({ ...this.read(), filter: [], end: "collect" });

  #step(depth: number): Step {
    const random = this.random;
    const table = this.table();
    switch (
      random.choose({
        ...{ insert: 45, patch: 22, replace: 8, delete: 6, read: 12, page: 3, get: 3, normalize: 2, fail: 3 },
        part: depth > 0 ? 14 : 0,
        schedule: depth > 0 ? 6 : 0,
        cancel: 6,
      })
    ) {
      case "insert":
        return { do: "insert", table: table.name, fields: this.#fields(table, true) };
      case "patch":
      case "replace": {
        const kind = random.pick(["patch", "patch", "replace"] as const);
        const target = this.#target();
        const aimed = "id" in target ? table : this.tables.find(({ name }) => name === target.read.table)!;
        const named = random.chance(0.2) ? [random.chance(0.9) ? aimed.name : table.name] : [];
        return { do: kind, target, table: named, fields: this.#fields(aimed, kind === "replace") };
      }
      case "delete":
        return { do: "delete", target: this.#target() };
      case "read":
        return { do: "read", read: this.read() };
      case "page":
        return { do: "page", read: { ...this.#paged(table), end: "collect" }, size: 1 + random.below(3) };
      case "get":
        return { do: "get", id: this.id() };
      case "normalize":
        return { do: "normalize", table: table.name, id: this.id() };
      case "part": {
        const fails: Step[] = random.chance(0.4) ? [{ do: "fail", data: random.value() }] : [];
        return { do: "part", steps: [...this.steps(depth - 1), ...fails], catches: random.chance(0.85) };
      }
      case "fail":
        return { do: "fail", data: random.value() };
      case "schedule":
        return { do: "schedule", op: this.op(), steps: this.steps(0), delay: random.pick([0, 0, 20, 400]) };
      default:
        return { do: "cancel", job: `#j${random.below(2)}` };
    }
  }

  #paged(table: Table): Read {
    for (;;) {
      const read = this.read(table);
      if (read.search === null) return read;
    }
  }
}
