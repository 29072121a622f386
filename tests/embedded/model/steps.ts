// What the functions under test are asked to do, as data. functions/ does it in the deployment, transaction.ts in the model.
import type { Value } from "convex/values";

/** No item means undefined, which cannot be sent. */
export type Operand = Value[];

export interface Bound {
  is: "eq" | "gt" | "gte" | "lt" | "lte";
  field: string;
  to: Operand;
}

export type Filter =
  | { is: "and" | "or" | "not"; of: Filter[] }
  | { is: "eq" | "neq" | "gt" | "gte" | "lt" | "lte"; field: string; to: Operand; plus: Operand };

export interface Read {
  table: string;
  /** Null reads the table as it is. */
  index: string | null;
  range: Bound[];
  /** Then `range` has only equalities, of the filter fields. */
  search: string | null;
  order: "asc" | "desc";
  filter: Filter[];
  end: "collect" | "first" | "unique" | number;
}

/** The nth of the documents that are read, counted around. */
export type Target = { read: Read; nth: number } | { id: string };

export type Expression =
  | { is: "value"; value: Operand }
  | { is: "idOf"; target: Target }
  | { is: "count"; read: Read }
  | { is: "commitTs" }
  /** One more than the field of the target: a lost update would show. */
  | { is: "next"; field: string };

export type Fields = Record<string, Expression>;

export type Step =
  | { do: "insert"; table: string; fields: Fields }
  | { do: "patch" | "replace"; target: Target; table: string[]; fields: Fields }
  | { do: "delete"; target: Target }
  | { do: "read"; read: Read }
  | { do: "page"; read: Read; size: number }
  | { do: "get"; id: string }
  | { do: "normalize"; table: string; id: string }
  | { do: "part"; steps: Step[]; catches: boolean }
  | { do: "fail"; data: Value }
  | { do: "schedule"; op: string; steps: Step[]; delay: number }
  | { do: "cancel"; job: string };

/** The argument of a query. */
export type Question = { reads: Read[]; ids: string[]; nested: boolean };

/** What a step did: its result, or the error that was caught. */
export type Done = Value;

const ERRORS: [string, RegExp][] = [
  ["schema", /because it does not match the schema/],
  ["arguments", /ArgumentValidationError/],
  ["returns", /ReturnsValidationError/],
  ["missing", /on nonexistent document ID/],
  ["several", /unique\(\) query returned more than one result/],
  ["filter", /Expected boolean|Cannot add/],
  ["pages", /ran multiple paginated queries/],
  ["id", /Invalid argument `id`|Invalid scheduled function ID/],
  ["conflict", /changed while this mutation was being run and on every subsequent retry/],
];

/** The kind of an error, by Convex's words; for other errors the words. */
export const kindOf = (message: string): string => ERRORS.find(([, words]) => words.test(message))?.[0] ?? message;
