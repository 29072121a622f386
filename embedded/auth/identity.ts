// The user who calls, as functions see them.
import type { JWTPayload } from "jose";
import type { Json, JsonObject } from "../value/json.ts";

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
  /** The result of `ctx.auth.getUserIdentity()`, as JSON. */
  attributes: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Set for the admin key: internal functions may be called too. */
  admin?: true;
  /** The token of the identity. */
  token?: string;
}

const rfc3339 = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.000Z$/, "+00:00");

/** The attributes that functions see of a token. Claims of a `custom` provider keep their names. */
export function attributesOf(claims: JWTPayload, custom: boolean): JsonObject {
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
    if (custom) add(name, value as Json);
    else
      add(
        OIDC_NAMES[name] ?? name,
        name === "updated_at" && typeof value === "number" ? rfc3339(value) : (value as Json),
      );
  }
  return attributes;
}
