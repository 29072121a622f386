// The functions' JavaScript context. Queries and mutations run to completion inside one evaluation: the context has its own
// microtask queue, which is drained before the evaluation returns.
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, createHmac } from "node:crypto";
import vm from "node:vm";
import type { Instance } from "../components/instances.ts";
import type { Bundle } from "../functions/bundle.ts";
import type { Env } from "../functions/environment.ts";
import { type Listing, list } from "../functions/listing.ts";
import { FunctionError, StartError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import { makeBlob } from "./blob.ts";
import { makeGlobals } from "./globals.ts";
import { type Host, type Sandbox, sandbox } from "./sandbox.ts";
import { scopeOf } from "./scope.ts";

export const TIME_LIMIT_MS = 1000;
const WATCHDOG_MS = 1150;
const LOAD_MS = 5000;
const DIGESTS: Record<string, string> = {
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

export type Calls = Pick<Host, "next" | "finish" | "syscall" | "enter" | "leave" | "log">;

export class Runtime {
  /** In the order of the instances: the app's first. */
  readonly listings: readonly Listing[];
  readonly #bundle: Bundle;
  readonly #instances: readonly Instance[];
  readonly #calls: Calls;
  #context!: vm.Context;
  readonly #drive = new vm.Script("__drive()", { filename: "drive.js" });

  /** Raises FunctionError if the modules do not load. */
  constructor(bundle: Bundle, instances: readonly Instance[], calls: Calls) {
    this.#bundle = bundle;
    this.#instances = instances;
    this.#calls = calls;
    this.listings = this.#load();
  }

  /**
   * Runs every waiting call, for at most `patience` times a function's limit. False if the watchdog ended it: the context is then in
   * an unknown state. The watchdog is a thread made for each evaluation: it costs 0.15 ms, and milliseconds on a busy machine.
   */
  drive(guarded: boolean, patience: number): boolean {
    try {
      this.#drive.runInContext(this.#context, guarded ? { timeout: WATCHDOG_MS * patience } : {});
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
      throw error;
    }
  }

  /** Makes a new context, since the old one may hold half-run functions. */
  restart(): void {
    this.#load();
  }

  #load(): Listing[] {
    this.#context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
      microtaskMode: "afterEvaluate",
      codeGeneration: { strings: false, wasm: true },
    });
    const globals = this.#context as Record<string, unknown>;
    for (const name of HOST_GLOBALS) globals[name] = (globalThis as Record<string, unknown>)[name];
    globals.AsyncLocalStorage = AsyncLocalStorage;
    const make = vm.runInContext(`(${sandbox.toString()})`, this.#context, {
      filename: "sandbox.js",
    }) as typeof sandbox;
    const setGlobals = vm.runInContext(`(${makeGlobals.toString()})`, this.#context, {
      filename: "globals.js",
    }) as typeof makeGlobals;
    const makeScope = vm.runInContext(`(${scopeOf.toString()})`, this.#context, {
      filename: "scope.js",
    }) as typeof scopeOf;
    const box = make(hostOf(this.#calls), setGlobals, makeScope);
    Object.assign(globals, vm.runInContext(`(${makeBlob.toString()})()`, this.#context, { filename: "blob.js" }));
    globals.__env = JSON.stringify(this.#instances[0]!.env);
    vm.runInContext(
      "globalThis.process = { env: JSON.parse(__env) }; delete globalThis.__env; globalThis.global = globalThis.self = globalThis;",
      this.#context,
    );
    try {
      const listings = this.#instances.map((instance) => this.#mount(box, instance));
      Object.defineProperty(globals, "__drive", { value: box.drive, enumerable: false });
      return listings;
    } catch (error) {
      const { message, stack } = error as Error;
      throw new FunctionError(`The functions do not load: ${message}\n${this.#bundle.trace(stack ?? "")}`.trimEnd());
    }
  }

  #mount(box: Sandbox, { path, folder, env }: Instance): Listing {
    const inside = (code: string): unknown =>
      vm.runInContext(code, this.#context, { timeout: LOAD_MS, filename: "listing.js" });
    const isApp = path === "";
    const script = isApp ? this.#bundle.script : this.#bundle.components.get(folder)!.script;
    const made = script.runInContext(this.#context, { timeout: LOAD_MS });
    const globals = this.#context as Record<string, unknown>;
    // The modules are evaluated inside, where the time limit counts.
    globals.__mount = [box.mount, path, isApp ? inside("() => __modules.default") : made, JSON.stringify(env)];
    const text = inside(
      `{ const [mount, ...given] = __mount; delete globalThis.__mount; (${list.toString()})(mount(...given)) }`,
    );
    return JSON.parse(text as string) as Listing;
  }
}

const HOST_GLOBALS = [
  "URL",
  "URLSearchParams",
  "Headers",
  "Request",
  "Response",
  "FormData",
  "AbortController",
  "AbortSignal",
  "Event",
  "EventTarget",
  "atob",
  "btoa",
  "structuredClone",
  "ReadableStream",
  "WritableStream",
  "TransformStream",
  "TextEncoderStream",
  "TextDecoderStream",
  "CountQueuingStrategy",
  "ByteLengthQueuingStrategy",
  "DOMException",
];

function hostOf(calls: Calls): Host {
  const decoders = { true: new TextDecoder("utf-8", { fatal: true }), false: new TextDecoder("utf-8") };
  const encoder = new TextEncoder();
  return {
    ...calls,
    utf8: (text) => encoder.encode(text),
    decodeUtf8(bytes, fatal) {
      try {
        return decoders[`${fatal}`].decode(bytes);
      } catch {
        return null;
      }
    },
    digest(algorithm, bytes) {
      const name = DIGESTS[algorithm.toUpperCase()];
      return name === undefined ? null : createHash(name).update(bytes).digest();
    },
    hmac(hash, key, bytes) {
      const name = DIGESTS[hash];
      return name === undefined ? null : createHmac(name, key).update(bytes).digest();
    },
  };
}

/** The providers of auth.config.ts, where reading a variable that is not set is an error. */
export function loadAuthConfig(bundle: Bundle, env: Env): Json {
  if (bundle.authScript === null) return { providers: [] };
  const strict = new Proxy(env, {
    get(target, name) {
      if (typeof name === "string" && !Object.hasOwn(target, name)) {
        throw new StartError(`Environment variable ${name} is used in auth config file but its value was not set.`);
      }
      return Reflect.get(target, name);
    },
  });
  const context = vm.createContext({ process: { env: strict } });
  try {
    bundle.authScript.runInContext(context, { timeout: 5000 });
    const text = vm.runInContext("JSON.stringify(__modules.default)", context) as string | undefined;
    if (text === undefined)
      throw new Error(
        "auth config file is missing default export. To learn more, see the auth documentation at https://docs.convex.dev/auth.",
      );
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new FunctionError(`auth.config.ts does not load: ${(error as Error).message}`);
  }
}

export type { Sandbox };
