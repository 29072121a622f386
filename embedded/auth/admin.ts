// The admin key. Its holder may call every function, as any user.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { RequestError, StartError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import { isObject } from "../value/values.ts";
import type { Identity } from "./identity.ts";

export const ADMIN_KEY_FILE = "admin_key";

/** The key in the file, made at the first use. Raises StartError if the file cannot be used. */
export function adminKey(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(file, `embedded|${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const key = readFileSync(file, "utf8").trim();
    if (key.length < 16) throw new Error("the key in it is shorter than 16 characters");
    return key;
  } catch (error) {
    const what =
      basename(file) === ADMIN_KEY_FILE
        ? `The data folder ${dirname(file)} cannot be written`
        : `The admin key file ${file} cannot be used`;
    throw new StartError(`${what}: ${(error as Error).message}.`);
  }
}

export class Admin {
  readonly #digest: Buffer;

  constructor(key: string) {
    this.#digest = sha256(key);
  }

  /** The identity behind `key` or `key:base64 of a user's attributes`. Raises RequestError 401. */
  identify(credential: string): Identity {
    const colon = credential.lastIndexOf(":");
    if (this.#isKey(credential)) return this.actAs(null);
    if (colon < 0 || !this.#isKey(credential.slice(0, colon))) throw refused();
    try {
      return this.actAs(JSON.parse(Buffer.from(credential.slice(colon + 1), "base64").toString()) as Json);
    } catch (error) {
      if (error instanceof RequestError) throw error;
      throw new RequestError(401, "InvalidAuthHeader", "The user to act as is not base64 of JSON.");
    }
  }

  /** The same for sockets, where key and user are separate. */
  identifyParts(key: string, user: Json | undefined): Identity {
    if (!this.#isKey(key)) throw refused();
    return this.actAs(user ?? null);
  }

  actAs(user: Json): Identity {
    if (user === null) return { attributes: "null", expiresAt: Infinity, admin: true };
    if (!isObject(user) || typeof user.subject !== "string" || typeof user.issuer !== "string") {
      throw new RequestError(401, "InvalidAuthHeader", "The user to act as needs a subject and an issuer.");
    }
    const attributes = { tokenIdentifier: `${user.issuer}|${user.subject}`, ...user };
    return { attributes: JSON.stringify(attributes), expiresAt: Infinity, admin: true };
  }

  #isKey(key: string): boolean {
    return timingSafeEqual(sha256(key), this.#digest);
  }
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
const refused = (): RequestError =>
  new RequestError(401, "BadAdminKey", "The provided admin key was invalid for this instance");
