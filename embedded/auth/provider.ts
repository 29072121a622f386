// The providers that auth.config.ts names, and where their keys come from.
import type { JSONWebKeySet } from "jose";
import { FunctionError } from "../value/errors.ts";
import type { JsonObject } from "../value/json.ts";
import { download, FetchedKeys, fixedKeys, type KeySet, noKeys } from "./key_set.ts";

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export interface Provider {
  issuer: string;
  audience: string | undefined;
  algorithms: string[];
  custom: boolean;
  /** Longest life of a token in s, counted from `iat`, whatever its `exp` is. */
  maxLife: number | undefined;
  keys: KeySet;
}

const normalIssuer = (issuer: string): string =>
  (/^https?:\/\//.test(issuer) ? issuer : `https://${issuer}`).replace(/\/+$/, "");
export const sameIssuer = (a: string, b: string): boolean => normalIssuer(a) === normalIssuer(b);

/** `maxLife` limits tokens of other issuers. Keys in a data URL are our own, so their tokens have no such limit. */
export function makeProvider(config: JsonObject, production: boolean, maxLife?: number): Provider {
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

/** Keys are fetched by https only, or outside production from this machine too. */
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
  try {
    return fixedKeys(JSON.parse(textOf(jwks)));
  } catch (error) {
    return noKeys(
      `Invalid JWKS data URL. Check that the data URL is properly formatted and contains valid base64-encoded JSON. (${(error as Error).message})`,
    );
  }
}

/** Of a data URL. */
function textOf(url: string): string {
  const comma = url.indexOf(",");
  const body = url.slice(comma + 1);
  return url.slice(0, comma).endsWith(";base64") ? Buffer.from(body, "base64").toString() : decodeURIComponent(body);
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
