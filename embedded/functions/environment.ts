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
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const MAX_NAME = 256;
const MAX_VALUE_BYTES = 8 << 10;
const MAX_VARIABLES = 512;
const MAX_BYTES = 512 << 10;

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
      if (!isObject(change) || typeof change.name !== "string") throw badBody();
      const { name, value = null } = change;
      checkName(name, this.#own);
      if (value === null) {
        delete after[name];
        continue;
      }
      if (typeof value !== "string") throw badBody();
      const bytes = Buffer.byteLength(value);
      if (bytes > MAX_VALUE_BYTES)
        throw refused(
          "EnvironmentVariableValueTooLarge",
          `The environment variable value is ${bytes} bytes, which is too large. (max size: ${MAX_VALUE_BYTES}`,
        );
      after[name] = value;
    }
    checkAll({ ...this.#given, ...after });
    this.#save(after);
    return () => this.#save(before);
  }

  #save(saved: Env): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(saved), { mode: 0o600, flush: true });
    renameSync(`${this.#file}.new`, this.#file);
    this.#saved = saved;
  }
}

const refused = (code: string, message: string): RequestError => new RequestError(400, code, message);
const badBody = (): RequestError => refused("BadJsonBody", "A change of a variable is {name, value} with two texts.");

function checkName(name: string, own: Env): void {
  if (!NAME.test(name))
    throw refused(
      "EnvironmentVariableNameInvalid",
      `The environment variable name ${name} is invalid. Environment variable names must begin with a letter and may only include characters a-z, A-Z, 0-9, and underscores.`,
    );
  if (name.length > MAX_NAME)
    throw refused(
      "EnvironmentVariableNameTooLong",
      `The environment variable name ${name} is too long. Environment variable names must be less than ${MAX_NAME}.`,
    );
  if (Object.hasOwn(own, name))
    throw refused(
      "EnvVarNameForbidden",
      `Environment variable with name "${name}" is built-in and cannot be overridden`,
    );
}

function checkAll(env: Env): void {
  const entries = Object.entries(env);
  if (entries.length > MAX_VARIABLES)
    throw refused("EnvVarLimitMet", `The environment variable limit (${MAX_VARIABLES}) has been met.`);
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  if (bytes > MAX_BYTES)
    throw refused(
      "EnvVarTotalSizeLimitMet",
      `The total size of all environment variables (${bytes} bytes) exceeds the limit (${MAX_BYTES} bytes).`,
    );
}
