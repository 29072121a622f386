// Environment variables of the functions: the deployment's own, those it was started with, those set since by `npx convex env set`.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RequestError, StartError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import { isObject } from "../value/values.ts";

/** Where the deployment is reached: itself, and its HTTP actions. */
export interface Site {
  cloud: string;
  http: string;
}

export type Env = Readonly<Record<string, string>>;

const SAVED = "environment.json";
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]{0,39}$/;

export class Environment {
  readonly #own: Env;
  readonly #given: Env;
  readonly #file: string;
  #saved: Env = {};

  /** Raises StartError for a file that is not as it was written. */
  constructor(own: Env, given: Env, data: string) {
    this.#own = own;
    this.#given = given;
    this.#file = join(data, SAVED);
    try {
      if (existsSync(this.#file)) this.#saved = JSON.parse(readFileSync(this.#file, "utf8")) as Env;
    } catch (error) {
      throw new StartError(`The file ${this.#file} cannot be read: ${(error as Error).message}.`);
    }
  }

  get all(): Env {
    return { ...this.#own, ...this.set };
  }

  /** Those that are not the deployment's own. */
  get set(): Env {
    return { ...this.#given, ...this.#saved };
  }

  /** Takes `[{name, value}]`, where null removes what was set. The answer puts it back as it was. Raises RequestError. */
  change(changes: Json): () => void {
    const before = this.#saved;
    const after: Record<string, string> = { ...before };
    for (const change of Array.isArray(changes) ? changes : []) {
      if (!isObject(change) || typeof change.name !== "string" || !NAME.test(change.name)) {
        throw new RequestError(
          400,
          "InvalidEnvironmentVariableName",
          "The name of an environment variable is 1-40 letters, digits and underscores, a digit not first.",
        );
      }
      if (typeof change.value === "string") after[change.name] = change.value;
      else delete after[change.name];
    }
    this.#save(after);
    return () => this.#save(before);
  }

  #save(saved: Env): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(saved), { mode: 0o600, flush: true });
    renameSync(`${this.#file}.new`, this.#file);
    this.#saved = saved;
  }
}
