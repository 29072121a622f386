// Documents that a transaction has written and not committed yet.
import { type Index, keysOf, type Row } from "../store/tables.ts";
import type { JsonObject } from "../value/json.ts";

/** `unresolved`: it has the placeholder of a commit timestamp. */
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

/** A document that a query returns: committed or pending. */
export type Stored = Pick<Row, "value" | "text">;
