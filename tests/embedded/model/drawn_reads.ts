// Random reads of the tables of a seed.
import type { Random } from "./random.ts";
import { fitting } from "./shapes.ts";
import type { Bound, Filter, Operand, Question, Read } from "./steps.ts";
import { shapeOf, type Table } from "./tables.ts";

const WORDS = ["a", "ab", "abc", "b", "Ärger", "B", "ab-c", "b a", "abc ab a", "zz", ""];
const PATHS = ["a", "b", "n", "ref", "o", "o.x", "o.y", "text", "none", "a.x"];
const COMPARED = ["eq", "neq", "gt", "gte", "lt", "lte"] as const;

export class DrawnReads {
  protected readonly random: Random;
  protected readonly tables: Table[];

  constructor(random: Random, tables: Table[]) {
    this.random = random;
    this.tables = tables;
  }

  protected table = (): Table => this.random.pick(this.tables);
  protected id = (): string => `#${this.random.below(12)}`;
  protected words = (): string => this.random.pick(WORDS);

  question(): Question {
    const random = this.random;
    const ids = random.chance(0.15) ? random.list(2, this.id) : [];
    return { reads: random.list(1, () => this.read()).concat(this.read()), ids, nested: random.chance(0.15) };
  }

  read(table = this.table()): Read {
    const random = this.random;
    const index = random.choose({ own: 6, search: 1, by_creation_time: 1, by_id: 0.5, none: 1.5 });
    const end = random.choose({ collect: 5, first: 2, unique: 0.5, take: 3 });
    return {
      table: table.name,
      index: index === "none" ? null : index,
      range: [],
      search: null,
      order: random.pick(["asc", "desc"]),
      filter: random.chance(0.25) ? random.list(2, () => this.#filter(table)) : [],
      end: end === "take" ? random.below(5) : end,
      ...(index === "own" && this.#range(table)),
      ...(index === "search" && this.#search(table)),
    };
  }

  #range(table: Table): Pick<Read, "index" | "range"> {
    const random = this.random;
    const index = random.pick(Object.keys(table.indexes));
    const fields = table.indexes[index]!;
    const equal = random.chance(0.5) ? 0 : random.below(fields.length + 1);
    const range: Bound[] = fields.slice(0, equal).map((field) => ({ is: "eq", field, to: this.#value(table, field) }));
    const field = fields[equal];
    if (field === undefined) return { index, range };
    if (random.chance(0.5)) range.push({ is: random.pick(["gt", "gte"]), field, to: this.#value(table, field) });
    if (random.chance(0.5)) range.push({ is: random.pick(["lt", "lte"]), field, to: this.#value(table, field) });
    return { index, range };
  }

  #search(table: Table): Partial<Read> {
    const filters = table.filterFields.filter(() => this.random.chance(0.4));
    const range: Bound[] = filters.map((field) => ({ is: "eq", field, to: this.#value(table, field) }));
    return { search: this.words(), range, end: "collect" };
  }

  #filter(table: Table, depth = 1): Filter {
    const random = this.random;
    const is = random.pick(depth === 0 ? COMPARED : ([...COMPARED, "and", "or", "not"] as const));
    if (is === "and" || is === "or" || is === "not") {
      const of = [this.#filter(table, 0), this.#filter(table, 0)];
      return is === "not" ? { is, of: of.slice(1) } : { is, of };
    }
    const field = random.pick(PATHS);
    const isNumber = field === "n" && random.chance(0.3);
    return { is, field, to: this.#value(table, field), plus: isNumber ? [random.pick([1, 1n])] : [] };
  }

  /** A value to compare with: often one that the field may have. */
  #value(table: Table, field: string): Operand {
    const random = this.random;
    if (random.chance(0.15)) return [];
    if (field === "text") return [this.words()];
    const known = field in table.fields || field.startsWith("o.");
    return [known && random.chance(0.7) ? fitting(shapeOf(table, field), random) : random.value()];
  }
}
