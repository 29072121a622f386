/** Hashes: to compare requests, and to recognise a secret without storing it. */
import { refuse } from "./refuse";

const SHA256 = /^[0-9a-f]{64}$/;

/** @throws ConvexError `invalid` */
export function checkSha256(hash: string, field: string): void {
  if (!SHA256.test(hash))
    refuse("invalid", `${field} must be a SHA-256 in hex: 64 of the characters 0-9 a-f.`, { field, limit: 64 });
}

/** SHA-256, in hex, of a JSON value in which the order of keys does not matter. */
export async function digest(value: unknown): Promise<string> {
  return await sha256(JSON.stringify(value, sortKeys));
}

/** SHA-256, in hex, of a text's UTF-8. */
export async function sha256(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
