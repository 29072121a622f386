// Who calls: tokens checked against the providers of auth.config.ts.
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";
import { FunctionError, RequestError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { download, FetchedKeys, fixedKeys, type KeySet } from "./key_set.ts";

const LEEWAY_SECONDS = 5;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const REMEMBERED = 1000;
const NOT_ATTRIBUTES = new Set(["iss", "sub", "aud", "exp", "iat", "nbf", "jti", "fva"]);
const OIDC_NAMES: Record<string, string> = {
  given_name: "givenName",
  family_name: "familyName",
  preferred_username: "preferredUsername",
  profile: "profileUrl",
  picture: "pictureUrl",
  website: "websiteUrl",
  email_verified: "emailVerified",
  phone_number: "phoneNumber",
  phone_number_verified: "phoneNumberVerified",
  updated_at: "updatedAt",
};

export interface Identity {
  /** What `ctx.auth.getUserIdentity()` answers, as JSON. */
  attributes: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Whether it came with the admin key: then internal functions may be called too. */
  admin?: true;
  /** The token that it came with. */
  token?: string;
}

interface Provider {
  issuer: string;
  audience: string | undefined;
  algorithms: string[];
  custom: boolean;
  /** s since `iat` that a token counts, whatever its `exp` says. */
  maxLife: number | undefined;
  keys: KeySet;
}

/** A token that was accepted, and the keys that were the provider's then. */
interface Accepted {
  identity: Identity;
  provider: Provider;
  keys: JWTVerifyGetKey;
}

export class Verifier {
  readonly #providers: Provider[];
  readonly #production: boolean;
  readonly #remembered = new Map<string, Accepted>();

  /** Raises FunctionError for a list of providers that makes no sense. */
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
        const identity = {
          attributes: JSON.stringify(attributesOf(payload, provider)),
          expiresAt: (endOf(payload, provider) + LEEWAY_SECONDS) * 1000,
          token,
        };
        return { identity, provider, keys };
      } catch (error) {
        reason = error;
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
function endOf({ exp, iat }: JWTPayload, { maxLife }: Provider): number {
  return maxLife === undefined ? exp! : Math.min(exp!, iat! + maxLife);
}

/** An issuer may change its key, and keep the key's id: so it is asked once more before a signature counts as wrong. */
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
  if (reason instanceof errors.JWTExpired) return "Could not validate token: it has expired";
  if (reason instanceof errors.JWTClaimValidationFailed) return `Could not validate token: ${reason.message}`;
  if (reason instanceof errors.JWKSNoMatchingKey)
    return `Could not decode token. The JWT's 'kid' (key ID) header is '${kid}', does this key match any key in the provider's JWKS?`;
  return `Could not decode token. ${reason.message}.`;
}

const unauthenticated = (code: string, message: string): RequestError => new RequestError(401, code, message);

const normalIssuer = (issuer: string): string =>
  (/^https?:\/\//.test(issuer) ? issuer : `https://${issuer}`).replace(/\/+$/, "");
const sameIssuer = (a: string, b: string): boolean => normalIssuer(a) === normalIssuer(b);

/** `maxLife` is for tokens of others: keys that ride along in a data URL are our own, which sign for as long as we say. */
function makeProvider(config: JsonObject, production: boolean, maxLife?: number): Provider {
  const audience = typeof config.applicationID === "string" ? config.applicationID : undefined;
  if (config.type === "customJwt") {
    const { issuer, jwks, algorithm } = config;
    if (typeof issuer !== "string" || typeof jwks !== "string" || (algorithm !== "RS256" && algorithm !== "ES256")) {
      throw new FunctionError(
        "A customJwt provider in auth.config.ts needs issuer, jwks and algorithm RS256 or ES256.",
      );
    }
    return {
      issuer,
      audience,
      algorithms: [algorithm],
      custom: true,
      maxLife: jwks.startsWith("data:") ? undefined : maxLife,
      keys: keySet(jwks, production),
    };
  }
  const { domain } = config;
  if (typeof domain !== "string" || audience === undefined)
    throw new FunctionError("A provider in auth.config.ts needs domain and applicationID.");
  checkUrl(normalIssuer(domain), production);
  return {
    issuer: domain,
    audience,
    algorithms: ["RS256", "EdDSA"],
    custom: false,
    maxLife,
    keys: discoveredKeys(normalIssuer(domain), production),
  };
}

/** Keys come over https, or, outside production, from this machine. */
function checkUrl(text: string, production: boolean): URL {
  const url = URL.parse(text);
  const local = !production && url?.protocol === "http:" && LOOPBACK.test(url.hostname);
  if (url === null || (url.protocol !== "https:" && !local))
    throw new FunctionError(`A provider in auth.config.ts must have an https URL, not ${text}.`);
  return url;
}

function keySet(jwks: string, production: boolean): KeySet {
  if (!jwks.startsWith("data:")) {
    const url = checkUrl(jwks, production);
    return new FetchedKeys(async () => (await download(url)) as unknown as JSONWebKeySet);
  }
  const comma = jwks.indexOf(",");
  const body = jwks.slice(comma + 1);
  const text = jwks.slice(0, comma).endsWith(";base64")
    ? Buffer.from(body, "base64").toString()
    : decodeURIComponent(body);
  try {
    return fixedKeys(JSON.parse(text));
  } catch (error) {
    throw new FunctionError(`The jwks of a provider in auth.config.ts cannot be read: ${(error as Error).message}.`);
  }
}

function discoveredKeys(issuer: string, production: boolean): KeySet {
  const configuration = new URL(`${issuer}/.well-known/openid-configuration`);
  return new FetchedKeys(async () => {
    const { jwks_uri: uri, issuer: named } = await download(configuration);
    if (typeof named === "string" && !sameIssuer(named, issuer))
      throw new Error(`the provider's configuration is of ${named}`);
    return (await download(checkUrl(String(uri), production))) as unknown as JSONWebKeySet;
  });
}

const rfc3339 = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.000Z$/, "+00:00");

function attributesOf(claims: JWTPayload, provider: Provider): JsonObject {
  const attributes: JsonObject = {
    tokenIdentifier: `${claims.iss}|${claims.sub}`,
    issuer: claims.iss!,
    subject: claims.sub!,
  };
  const add = (name: string, value: Json): void => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [inner, nested] of Object.entries(value)) add(`${name}.${inner}`, nested);
    } else attributes[name] = value;
  };
  for (const [name, value] of Object.entries(claims)) {
    if (NOT_ATTRIBUTES.has(name)) continue;
    if (provider.custom) add(name, value as Json);
    else
      add(
        OIDC_NAMES[name] ?? name,
        name === "updated_at" && typeof value === "number" ? rfc3339(value) : (value as Json),
      );
  }
  return attributes;
}
