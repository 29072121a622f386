// What a run has read. Subscriptions and conflicts are found by it.

/** Keys lo <= key < hi of one index. */
export interface Interval {
  index: number;
  lo: string;
  hi: string;
}

export interface Point {
  index: number;
  key: string;
}

export class ReadSet {
  readonly points = new Map<number, Set<string>>();
  readonly ranges: Interval[] = [];

  get isEmpty(): boolean {
    return this.points.size === 0 && this.ranges.length === 0;
  }

  addPoint(index: number, key: string): void {
    const keys = this.points.get(index);
    if (keys) keys.add(key);
    else this.points.set(index, new Set([key]));
  }

  /** The id of an index in which a write touched a key that was read, or null. */
  conflict(touched: readonly Point[]): number | null {
    for (const { index, key } of touched) {
      if (this.points.get(index)?.has(key)) return index;
      if (this.ranges.some((range) => range.index === index && range.lo <= key && key < range.hi)) return index;
    }
    return null;
  }

  /** The caller extends the interval while it reads on. */
  addRange(index: number, lo: string, hi: string): Interval {
    const range = { index, lo, hi };
    this.ranges.push(range);
    return range;
  }
}
