// Checks tokens against the providers of auth.config.ts.
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";
import { FunctionError, RequestError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { attributesOf, type Identity } from "./identity.ts";
import { UnreadableKeys } from "./key_set.ts";
import { makeProvider, type Provider, sameIssuer } from "./provider.ts";

const LEEWAY_SECONDS = 5;
const REMEMBERED = 1000;

/** An accepted token, and the provider's keys at that time. */
interface Accepted {
  identity: Identity;
  provider: Provider;
  keys: JWTVerifyGetKey;
}

export class Verifier {
  readonly #providers: Provider[];
  readonly #production: boolean;
  readonly #remembered = new Map<string, Accepted>();

  /** Raises FunctionError for an invalid list of providers. */
  constructor(config: Json, production: boolean, maxLife?: number) {
    const providers = (config as { providers?: unknown } | null)?.providers ?? [];
    if (!Array.isArray(providers)) throw new FunctionError("auth.config.ts must export default {providers: [...]}.");
    this.#production = production;
    this.#providers = providers.map((provider: JsonObject) => makeProvider(provider, production, maxLife));
  }

  /** Raises RequestError 401 saying why the token is not accepted. */
  async verify(token: string): Promise<Identity> {
    const known = this.#remembered.get(token);
    if (
      known &&
      known.identity.expiresAt > Date.now() &&
      known.keys === (await known.provider.keys.current().catch(() => null))
    )
      return known.identity;
    this.#remembered.delete(token);
    const accepted = await this.#check(token);
    if (this.#remembered.size >= REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value!);
    this.#remembered.set(token, accepted);
    return accepted.identity;
  }

  async #check(token: string): Promise<Accepted> {
    let claims: JWTPayload;
    let kid: string | undefined;
    try {
      claims = decodeJwt(token);
      kid = decodeProtectedHeader(token).kid;
    } catch {
      throw unauthenticated(
        "InvalidAuthHeader",
        "Could not parse JWT payload. Check that the token is a valid JWT format with three base64-encoded parts separated by dots.",
      );
    }
    if (typeof claims.iss !== "string")
      throw unauthenticated(
        "InvalidAuthHeader",
        "Missing issuer claim ('iss') in JWT payload. The JWT must include an 'iss' claim that matches one of your configured auth providers.",
      );
    const audiences = [claims.aud ?? []].flat();
    const candidates = this.#providers.filter(
      (provider) =>
        sameIssuer(provider.issuer, claims.iss!) &&
        (provider.audience === undefined || audiences.includes(provider.audience)),
    );
    if (candidates.length === 0) {
      throw unauthenticated("NoAuthProvider", this.#noProvider());
    }
    if (typeof claims.sub !== "string") throw unauthenticated("InvalidAuthHeader", "Missing subject");
    if (typeof claims.exp !== "number") throw unauthenticated("InvalidAuthHeader", "Missing expiry");
    let reason: unknown;
    for (const provider of candidates) {
      if (provider.custom && kid === undefined) {
        reason = new Error("JWT may be missing a 'kid' (key ID) header");
        continue;
      }
      try {
        const { payload, keys } = await verified(token, provider);
        checkIssued(payload);
        const identity = {
          attributes: JSON.stringify(attributesOf(payload, provider.custom)),
          expiresAt: (endOf(payload, provider.maxLife) + LEEWAY_SECONDS) * 1000,
          token,
        };
        return { identity, provider, keys };
      } catch (error) {
        reason = error instanceof errors.JWTExpired ? expired(error.payload, provider) : error;
      }
    }
    throw unauthenticated("InvalidAuthHeader", refusal(reason as Error, kid));
  }

  #noProvider(): string {
    const names = this.#providers.map(({ custom, issuer, audience }) =>
      custom
        ? `CustomJWT(issuer=${issuer}, app_id=${audience ?? "none"})`
        : `OIDC(domain=${issuer}, app_id=${audience})`,
    );
    if (this.#production) return "No auth provider found matching the given token";
    if (names.length === 0)
      return "No auth provider found matching the given token (no providers configured). Check convex/auth.config.ts.";
    return `No auth provider found matching the given token. Check that your JWT's issuer and audience match one of your configured providers: [${names.join(", ")}]`;
  }
}

/** s since the epoch */
function endOf({ exp, iat }: JWTPayload, maxLife?: number): number {
  return maxLife === undefined ? exp! : Math.min(exp!, iat! + maxLife);
}

const secondsSince = (time: number): number => Math.floor(Date.now() / 1000) - time;

class WrongTime extends Error {}

const expired = (claims: JWTPayload, { maxLife }: Provider): WrongTime =>
  new WrongTime(`Token expired ${secondsSince(endOf(claims, maxLife))} seconds ago`);

/** Raises WrongTime for a token from the future. */
function checkIssued({ iat = 0 }: JWTPayload): void {
  const early = -secondsSince(iat);
  if (early > LEEWAY_SECONDS) throw new WrongTime(`Token will be valid in ${early} seconds`);
}

/** Fetches the keys again before it rejects a signature: an issuer may change its key and keep the key's id. */
async function verified(
  token: string,
  { keys, algorithms, maxLife }: Provider,
): Promise<{ payload: JWTPayload; keys: JWTVerifyGetKey }> {
  const options: JWTVerifyOptions = {
    algorithms,
    clockTolerance: LEEWAY_SECONDS,
    ...(maxLife === undefined ? {} : { maxTokenAge: maxLife }),
  };
  const current = await keys.current();
  try {
    return { payload: (await jwtVerify(token, current, options)).payload, keys: current };
  } catch (error) {
    if (!(error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey))
      throw error;
    const renewed = await keys.renewed();
    if (renewed === current) throw error;
    return { payload: (await jwtVerify(token, renewed, options)).payload, keys: renewed };
  }
}

function refusal(reason: Error, kid: string | undefined): string {
  if (reason instanceof WrongTime || reason instanceof errors.JWTClaimValidationFailed)
    return `Could not validate token: ${reason.message}`;
  if (reason instanceof errors.JWKSNoMatchingKey)
    return `Could not decode token. The JWT's 'kid' (key ID) header is '${kid}', does this key match any key in the provider's JWKS?`;
  return reason instanceof UnreadableKeys ? reason.message : `Could not decode token. ${reason.message}.`;
}

const unauthenticated = (code: string, message: string): RequestError => new RequestError(401, code, message);
