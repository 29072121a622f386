// An issuer's public keys. The web process follows the same rules (app/auth/keys.py).
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";

const FRESH = 300_000; // ms that fetched keys are used without asking again
const LATE = 600_000; // ms after which a caller waits for newer ones, if their address has answered so far
const STALE = 24 * 3_600_000; // ms that they are used while their address cannot be reached
const COOLDOWN = 30_000; // ms between two fetches for the same reason, so that made-up tokens cannot hammer the issuer
const FIRST_RETRY = 1_000; // ms, while there are no keys at all yet
const TIMEOUT = 5_000; // ms
const MAX_BYTES = 64 * 1024;

/** Each set of keys is a function. As long as the function is the same, earlier checks stay valid. */
export interface KeySet {
  /** Raises Error while there are none. */
  current(): Promise<JWTVerifyGetKey>;
  /** Fetches the keys again first: for a token with an unknown key or a wrong signature. */
  renewed(): Promise<JWTVerifyGetKey>;
}

/** Keys that never change. Raises JWKSInvalid. */
export function fixedKeys(jwks: JSONWebKeySet): KeySet {
  const keys = createLocalJWKSet(jwks);
  return { current: async () => keys, renewed: async () => keys };
}

export class UnreadableKeys extends Error {}

/** Of a provider that has none: its tokens fail, and nobody else's. */
export function noKeys(why: string): KeySet {
  const fail = async (): Promise<never> => {
    throw new UnreadableKeys(why);
  };
  return { current: fail, renewed: fail };
}

/** Fetched keys. All waiting callers share one fetch; it runs in the background if there are older keys. */
export class FetchedKeys implements KeySet {
  readonly #download: () => Promise<JSONWebKeySet>;
  readonly #clock: () => number;
  #keys: JWTVerifyGetKey | undefined;
  #fetchedAt = -Infinity;
  #triedAt = -Infinity;
  #forcedAt = -Infinity;
  #failure: unknown;
  #fetching: Promise<void> | undefined;

  /** `clock` is in ms. */
  constructor(download: () => Promise<JSONWebKeySet>, clock: () => number = () => performance.now()) {
    this.#download = download;
    this.#clock = clock;
  }

  async current(): Promise<JWTVerifyGetKey> {
    const age = this.#clock() - this.#fetchedAt;
    const usable = age <= STALE;
    if (age > FRESH && this.#clock() - this.#triedAt > (usable ? COOLDOWN : FIRST_RETRY)) void this.#fetch();
    if (!usable || (age > LATE && this.#failure === undefined)) await this.#fetching;
    if (this.#keys === undefined || this.#clock() - this.#fetchedAt > STALE)
      throw this.#failure ?? new Error("there are no keys yet");
    return this.#keys;
  }

  async renewed(): Promise<JWTVerifyGetKey> {
    if (this.#clock() - this.#forcedAt > COOLDOWN) {
      this.#forcedAt = this.#clock();
      void this.#fetch();
    }
    await this.#fetching;
    return this.current();
  }

  #fetch(): Promise<void> {
    this.#triedAt = this.#clock();
    return (this.#fetching ??= this.#replace().finally(() => (this.#fetching = undefined)));
  }

  async #replace(): Promise<void> {
    try {
      this.#keys = createLocalJWKSet(usable(await this.#download()));
      this.#fetchedAt = this.#clock();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    }
  }
}

function usable(jwks: JSONWebKeySet): JSONWebKeySet {
  if (!Array.isArray(jwks.keys) || jwks.keys.length === 0) throw new Error("the provider publishes no keys");
  return jwks;
}

/** The JSON object at an address. Raises Error for anything else, however large. */
export async function download(url: URL): Promise<Record<string, unknown>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), redirect: "manual" });
  if (!response.ok || response.body === null) throw new Error(`${url} answers ${response.status}`);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BYTES) throw new Error(`${url} answers more than ${MAX_BYTES} characters`);
  }
  const found: unknown = JSON.parse(text);
  if (typeof found !== "object" || found === null || Array.isArray(found))
    throw new Error(`${url} answers no JSON object`);
  return found as Record<string, unknown>;
}
