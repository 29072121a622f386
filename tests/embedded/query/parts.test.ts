import assert from "node:assert/strict";
import { test } from "node:test";
import { IntervalSet } from "../../../embedded/query/intervals.ts";
import { makeId, tableOfId } from "../../../embedded/value/ids.ts";
import { encodeKey, endOf } from "../../../embedded/value/keys.ts";

test("an id holds its table, and no other text is an id", () => {
  for (const table of [513, 10_001, 10_127, 16_384, 2_000_000]) {
    const id = makeId(table, Date.now());
    assert.equal(tableOfId(id), table);
    for (let i = 0; i < id.length; i++) {
      const other = `${id.slice(0, i)}${id[i] === "a" ? "b" : "a"}${id.slice(i + 1)}`;
      assert.equal(tableOfId(other), null);
    }
  }
});

test("an interval set finds what a list of all intervals finds", () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  const key = (): string => String(random(300)).padStart(3, "0");
  const set = new IntervalSet<number>();
  const list = new Map<number, { lo: string; hi: string; node: ReturnType<typeof set.add> }>();
  for (let step = 0; step < 4000; step++) {
    if (random(3) > 0 || list.size === 0) {
      const [lo, hi] = [key(), key()].sort() as [string, string];
      list.set(step, { lo, hi, node: set.add(lo, hi, step) });
    } else {
      const gone = [...list.keys()][random(list.size)]!;
      set.remove(list.get(gone)!.node);
      list.delete(gone);
    }
    if (step % 20 > 0) continue;
    const at = key();
    const found: number[] = [];
    set.find(at, (value) => void found.push(value));
    const expected = [...list].filter(([, { lo, hi }]) => lo <= at && at < hi).map(([value]) => value);
    assert.deepEqual(
      found.sort((a, b) => a - b),
      expected.sort((a, b) => a - b),
    );
  }
});

test("keys sort field by field, and a prefix ends right behind its keys", () => {
  const pairs = ["", "a", "a\0", "a\0b", "ab", "b"].flatMap((first) =>
    [1, 2].map((second) => [first, second] as const),
  );
  const keys = pairs.map(([first, second]) => encodeKey(first) + encodeKey(second));
  assert.deepEqual([...keys].sort(), keys);
  for (const first of ["", "a", "a\0b"]) {
    const prefix = encodeKey(first);
    const inside = keys.filter((key) => key >= prefix && key < endOf(prefix));
    assert.deepEqual(
      inside,
      keys.filter((_, i) => pairs[i]![0] === first),
    );
  }
});
