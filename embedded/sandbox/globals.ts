// Runs INSIDE the functions' context, like sandbox.ts: globals that are not of the language, or that must answer alike each time.
import type { Host } from "./sandbox.ts";

/** `chance` returns 32 random bits from the run's own seed. */
export function makeGlobals(host: Host, chance: () => number): void {
  const scope = globalThis as any;
  const own = (view: ArrayBufferView): Uint8Array<ArrayBuffer> => new Uint8Array(view as Uint8Array);
  const bytesOf = (data: any): Uint8Array =>
    ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

  scope.TextEncoder = class TextEncoder {
    get encoding() {
      return "utf-8";
    }
    encode(text = "") {
      return own(host.utf8(String(text)));
    }
    encodeInto(text: string, into: Uint8Array) {
      const bytes = this.encode(text).subarray(0, into.length);
      into.set(bytes);
      return { read: text.length, written: bytes.length };
    }
  };
  scope.TextDecoder = class TextDecoder {
    fatal: boolean;
    constructor(label = "utf-8", options: { fatal?: boolean } = {}) {
      if (!/^utf-?8$/i.test(label)) throw new RangeError(`The encoding "${label}" is not supported here.`);
      this.fatal = options.fatal === true;
    }
    get encoding() {
      return "utf-8";
    }
    decode(data?: any) {
      const text = data === undefined ? "" : host.decodeUtf8(bytesOf(data), this.fatal);
      if (text === null) throw new TypeError("The encoded data was not valid UTF-8.");
      return text;
    }
  };

  // --- cryptography: what needs no event loop ---
  const fill = (array: any) => {
    const bytes = bytesOf(array);
    for (let i = 0; i < bytes.length; i++) bytes[i] = chance();
    return array;
  };
  const nameOf = (algorithm: any): string => (typeof algorithm === "string" ? algorithm : algorithm.name).toUpperCase();
  const secrets = new WeakMap<object, Uint8Array>();
  scope.CryptoKey = class CryptoKey {
    type = "secret";
    algorithm: unknown;
    extractable: boolean;
    usages: string[];
    constructor(secret: Uint8Array, algorithm: unknown, extractable: boolean, usages: string[]) {
      [this.algorithm, this.extractable, this.usages] = [algorithm, extractable, usages];
      secrets.set(this, secret);
    }
  };
  const mac = (key: any, data: any): Uint8Array<ArrayBuffer> =>
    own(host.hmac(key.algorithm.hash.name, secrets.get(key)!, bytesOf(data))!);
  const mustBeHmac = (algorithm: any, what: string) => {
    if (nameOf(algorithm) !== "HMAC")
      throw new Error(
        `crypto.subtle.${what} with ${nameOf(algorithm)} is not supported in queries and mutations here: use an action.`,
      );
  };
  scope.crypto = {
    getRandomValues: fill,
    randomUUID: () => {
      const bytes = fill(new Uint8Array(16)) as Uint8Array;
      bytes[6] = (bytes[6]! & 0x0f) | 0x40;
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      return [...bytes]
        .map((byte, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + byte.toString(16).padStart(2, "0"))
        .join("");
    },
    subtle: {
      async digest(algorithm: unknown, data: any) {
        const digest = host.digest(nameOf(algorithm), bytesOf(data));
        if (digest === null) throw new Error(`Unrecognized digest algorithm ${nameOf(algorithm)}`);
        return own(digest).buffer;
      },
      async importKey(format: string, data: any, algorithm: any, extractable: boolean, usages: string[]) {
        mustBeHmac(algorithm, "importKey");
        if (format !== "raw")
          throw new Error(
            `Keys in the format ${format} are not supported in queries and mutations here: use an action.`,
          );
        const hash = { name: nameOf(algorithm.hash) };
        const secret = bytesOf(data).slice();
        return new scope.CryptoKey(secret, { name: "HMAC", hash, length: secret.length * 8 }, extractable, usages);
      },
      async sign(algorithm: unknown, key: any, data: any) {
        mustBeHmac(algorithm, "sign");
        return mac(key, data).buffer;
      },
      async verify(algorithm: unknown, key: any, signature: any, data: any) {
        mustBeHmac(algorithm, "verify");
        const [right, given] = [mac(key, data), bytesOf(signature)];
        return right.length === given.length && right.every((byte, i) => byte === given[i]);
      },
    },
  };

  // --- console, and time that stands still ---
  const console: Record<string, unknown> = {};
  for (const level of ["log", "info", "warn", "error", "debug", "trace", "time", "timeLog", "timeEnd"]) {
    console[level] = (...args: unknown[]) => host.log(level, args);
  }
  scope.console = console;
  scope.queueMicrotask = (work: () => void) => void Promise.resolve().then(work);
  scope.performance = { timeOrigin: 0, now: () => 0 };
  for (const name of ["fetch", "setTimeout", "setInterval", "setImmediate"]) {
    scope[name] = () => {
      throw new Error(
        `Can't use ${name === "fetch" ? "fetch()" : name} in queries and mutations. Please consider using an action. See https://docs.convex.dev/functions/actions for more details.`,
      );
    };
  }
  for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) scope[name] = () => {};
}
