// Document ids in Convex's format: base32 of (table number as a varint, 14 random bytes, 2 bytes of day, Fletcher-16).
import { randomFillSync } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** The value of a digit by its character code. */
const VALUES = Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)));
const DAY = 86_400_000;

const pool = Buffer.alloc(14 * 4096);
let used = pool.length;

export function makeId(table: number, now: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = [...varint(table)];
  for (let i = 0; i < 14; i++) bytes.push(pool[used++]!);
  const day = Math.floor(now / DAY) & 0xffff;
  bytes.push(day >> 8, day & 0xff);
  const sum = fletcher16(bytes, bytes.length);
  bytes.push(sum & 0xff, sum >> 8);
  return encodeBase32(bytes);
}

/** The table number inside an id, or null if the text is no id. */
export function tableOfId(id: string): number | null {
  if (id.length < 31 || id.length > 37) return null;
  const bytes = decodeBase32(id);
  if (bytes === null) return null;
  const length = bytes.length - 2;
  const sum = fletcher16(bytes, length);
  if (bytes[length] !== (sum & 0xff) || bytes[length + 1] !== sum >> 8) return null;
  let table = 0;
  let used = 0;
  for (let shift = 0; used < 5; shift += 7) {
    const byte = bytes[used++]!;
    table += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return length - used === 16 ? table : null;
}

/** Why `tableOfId` finds no table in the text, in Convex's words. */
export function wrongId(id: string): string {
  const length = Buffer.byteLength(id);
  if (length < 31 || length > 37) return `Unable to decode ID: Invalid ID length ${length}`;
  const bytes = decodeBase32(id);
  if (bytes === null) return "Unable to decode ID: ID wasn't valid base32";
  const end = bytes.length - 2;
  if (bytes[0] === 0) return "Unable to decode ID: Invalid table number";
  const footer = bytes[end]! + 256 * bytes[end + 1]!;
  const expected = fletcher16(bytes, end);
  return footer === expected
    ? `Unable to decode ID: Invalid ID length ${length}`
    : `Unable to decode ID: Invalid ID version ${footer} (expected ${expected})`;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value & 0x7f) | 0x80);
  bytes.push(value);
  return bytes;
}

/** Of the first `length` bytes: two bytes, the low one first. */
function fletcher16(bytes: number[], length: number): number {
  let first = 0;
  let second = 0;
  for (let i = 0; i < length; i++) {
    first = (first + bytes[i]!) & 0xff;
    second = (second + first) & 0xff;
  }
  return (second << 8) | first;
}

function encodeBase32(bytes: number[]): string {
  let out = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    for (held += 8; held >= 5; held -= 5) out += ALPHABET[(bits >> (held - 5)) & 31];
    bits &= 0xff;
  }
  return held > 0 ? out + ALPHABET[(bits << (5 - held)) & 31] : out;
}

function decodeBase32(text: string): number[] | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return held < 5 && (bits & ((1 << held) - 1)) === 0 ? bytes : null;
}
