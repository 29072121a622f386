// Chance that a seed decides, and values of every type, often equal and often next to each other in order.
import type { Value } from "convex/values";

const TEXTS = ["", "\0", "\0\x01", "a", "a\0", "a\0b", "aa", "b", "é", "\uffff", "😀"];
const FLOATS = [0, -0, 1, -1, 2, 0.5, 1e300, -1e300, 5e-324, Infinity, -Infinity, NaN];
const INTEGERS = [0n, 1n, -1n, 255n, 256n, 2n ** 63n - 1n, -(2n ** 63n)];
const BYTES = [[], [0], [0, 0], [0, 1], [1], [127], [255], [255, 0]];
const FIELDS = ["x", "y", "xx"];

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to 1: mulberry32, a generator that needs four lines. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(part: number): boolean {
    return this.next() < part;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  list<T>(limit: number, make: () => T): T[] {
    return Array.from({ length: this.below(limit + 1) }, make);
  }

  /** One of these, each with its weight. */
  choose<T extends string>(weights: Record<T, number>): T {
    const entries = Object.entries<number>(weights) as [T, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    return entries.find(([, weight]) => (left -= weight) < 0)?.[0] ?? entries[0]![0];
  }

  value(depth = 1): Value {
    switch (this.below(depth > 0 ? 9 : 7)) {
      case 0:
        return null;
      case 1:
        return this.pick(INTEGERS);
      case 2:
        return this.pick(FLOATS);
      case 3:
        return this.chance(0.5);
      case 4:
        return this.bytes();
      case 5:
      case 6:
        return this.text();
      case 7:
        return this.list(2, () => this.value(depth - 1));
      default:
        return Object.fromEntries(this.list(2, () => [this.pick(FIELDS), this.value(depth - 1)]));
    }
  }

  text = (): string => this.pick(TEXTS);
  float = (): number => this.pick(FLOATS);
  integer = (): bigint => this.pick(INTEGERS);
  bytes = (): ArrayBuffer => new Uint8Array(this.pick(BYTES)).buffer;
  field = (): string => this.pick(FIELDS);
}
