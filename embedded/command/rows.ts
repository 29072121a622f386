// The rows of an import as documents, each checked as if a mutation had written it.
import { compileDocument } from "../functions/document.ts";
import { measureDocument, nextUp } from "../query/transaction.ts";
import { FunctionError } from "../value/errors.ts";
import { makeId, tableOfId } from "../value/ids.ts";
import type { Json, JsonObject, ValidatorJson } from "../value/json.ts";
import type { Check } from "../value/validators.ts";
import { isObject, specialKey } from "../value/values.ts";

/** Fields of `_storage` that only the exporting deployment understands. */
const FOREIGN = new Set(["internalId"]);

export class Rows {
  readonly #table: string;
  readonly #number: number;
  readonly #check: Check;
  readonly #now = Date.now();
  #creationTime: number;

  /** `numbers` are the tables' numbers once everything is imported. */
  constructor(
    table: string,
    numbers: ReadonlyMap<string, number>,
    validator: ValidatorJson | null,
    creationTime: number,
  ) {
    this.#table = table;
    this.#number = numbers.get(table)!;
    this.#creationTime = Math.max(this.#now, creationTime);
    const names = new Map([...numbers].map(([name, number]) => [number, name]));
    const tableOf = (id: string): string | null => {
      const number = tableOfId(id);
      return number === null ? null : (names.get(number) ?? null);
    };
    this.#check = validator === null ? () => null : compileDocument(validator, table, tableOf);
  }

  /** The `_creationTime` of the newest document that had none. */
  get creationTime(): number {
    return this.#creationTime;
  }

  /** Raises FunctionError, which names the place and the field. */
  document(where: string, text: string): JsonObject {
    const own = parsed(where, text);
    for (const name in own) {
      if (!name.startsWith("_")) continue;
      if (name === "_id") this.#checkId(where, own._id!);
      else if (name !== "_creationTime")
        throw wrong(where, `field "${name}" begins with an underscore, and only _id and _creationTime may.`);
      else if (typeof own._creationTime !== "number")
        throw wrong(where, 'field "_creationTime" must be a number, in ms since 1970.');
    }
    if (this.#table === "_storage") for (const name of FOREIGN) delete own[name];
    if (own._creationTime === undefined) this.#creationTime = nextUp(this.#creationTime);
    const document = { ...own, _creationTime: own._creationTime ?? this.#creationTime, _id: own._id ?? this.newId() };
    try {
      if (measureDocument(document).unresolved) throw new FunctionError("A commit timestamp must have a value.");
    } catch (error) {
      throw wrong(where, (error as Error).message);
    }
    const problem = this.#check(document, "");
    if (problem !== null) throw wrong(where, `does not match the schema of "${this.#table}": ${problem}`);
    return document;
  }

  newId(): string {
    return makeId(this.#number, this.#now);
  }

  #checkId(where: string, id: Json): void {
    if (typeof id !== "string" || tableOfId(id) !== this.#number)
      throw wrong(where, `field "_id": ${JSON.stringify(id)} is no id of table "${this.#table}".`);
  }
}

export function parsed(where: string, text: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw wrong(where, `is not JSON: ${(error as Error).message}.`);
  }
  if (!isObject(value) || specialKey(value) !== undefined) throw wrong(where, "must be a JSON object.");
  return value;
}

export const wrong = (where: string, what: string): FunctionError =>
  new FunctionError(`${where}${/^(is|must|does) /.test(what) ? "" : ":"} ${what}`);
