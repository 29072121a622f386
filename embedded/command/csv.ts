// CSV: a header, then rows. A field is a number if it looks like one, and text otherwise.
import type { Json, JsonObject } from "../value/json.ts";

const FIELD_LIMIT = 8 << 20;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export interface CsvRow {
  /** Where it begins. */
  line: number;
  fields: string[];
}

/** Takes text in pieces, and gives the rows that are complete. */
export class Csv {
  #field = "";
  #fields: string[] = [];
  #line = 1;
  #begun = 1;
  #quoted = false;
  /** A line of two quotes is a row with an empty text. */
  #hasQuotes = false;
  /** A quote that ends the field, or is the first of two. */
  #quote = false;

  *take(text: string): Generator<CsvRow> {
    if (this.#field.length > FIELD_LIMIT)
      throw new RangeError(`Line ${this.#begun} has a field that is longer than 8 MB.`);
    for (const character of text) {
      if (character === "\n") this.#line++;
      if (this.#quote) {
        this.#quote = false;
        if (character === '"') {
          this.#field += '"';
          continue;
        }
        this.#quoted = false;
      }
      if (this.#quoted) {
        if (character === '"') this.#quote = true;
        else this.#field += character;
      } else if (character === '"' && this.#field === "") this.#quoted = this.#hasQuotes = true;
      else if (character === ",") this.#endField();
      else if (character === "\n") yield* this.#endRow();
      else this.#field += character;
    }
  }

  *end(): Generator<CsvRow> {
    if (this.#quoted && !this.#quote) throw new RangeError(`Line ${this.#begun}: a quoted field does not end.`);
    yield* this.#endRow();
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = "";
    this.#quoted = this.#quote = false;
  }

  *#endRow(): Generator<CsvRow> {
    if (this.#field.endsWith("\r")) this.#field = this.#field.slice(0, -1);
    const line = this.#begun;
    this.#begun = this.#line;
    const isEmptyLine = this.#field === "" && this.#fields.length === 0 && !this.#hasQuotes;
    this.#hasQuotes = false;
    if (isEmptyLine) return;
    this.#endField();
    yield { line, fields: this.#fields.splice(0) };
  }
}

/** Raises RangeError for a row that is longer or shorter than the header. */
export function csvDocument(header: string[], { line, fields }: CsvRow): JsonObject {
  if (fields.length !== header.length)
    throw new RangeError(`Line ${line} has ${fields.length} fields, and the header ${header.length}.`);
  // Not by assignment: a field `__proto__` would be lost.
  return Object.fromEntries(header.map((name, place) => [name, csvValue(fields[place]!)]));
}

function csvValue(text: string): Json {
  return NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}
