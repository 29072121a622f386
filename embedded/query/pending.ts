// Documents of a transaction that is not committed yet.
import { type Index, keysOf, type Row } from "../store/tables.ts";
import type { JsonObject } from "../value/json.ts";

/** A document written but not yet committed. */
export class Pending {
  readonly value: JsonObject;
  readonly unresolved: boolean;
  #text: string | undefined;
  #keys = new Map<number, string[]>();

  constructor(value: JsonObject, unresolved: boolean) {
    this.value = value;
    this.unresolved = unresolved;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.value));
  }

  keys(index: Index): string[] {
    let keys = this.#keys.get(index.id);
    if (!keys) this.#keys.set(index.id, (keys = keysOf(index, this.value)));
    return keys;
  }
}

export type Stored = Pick<Row, "value" | "text">;
