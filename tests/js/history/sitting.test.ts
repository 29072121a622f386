/** Where a sitting ends, and what counts once in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Done } from "../../../convex/model/deed.ts";
import { begun, extended, goesOn, type Sitting } from "../../../convex/model/sitting.ts";

const MINUTE = 60_000_000_000n; // ns
const row = (ts: bigint) => ({ boardId: "b", author: "a", ts }) as any;
const moved = (shape: string): Done => ({ verb: "moved", kind: "", shape });

test("a pause of ten minutes ends a sitting, and a shorter one does not", () => {
  const sitting = extended(begun(row(0n)), row(0n), []);
  assert.equal(goesOn(sitting, row(10n * MINUTE - 1n)), true);
  assert.equal(goesOn(sitting, row(10n * MINUTE)), false);
  const longer = extended(sitting, row(9n * MINUTE), []);
  assert.equal(goesOn(longer, row(18n * MINUTE)), true);
  assert.deepEqual([longer.from, longer.to, longer.changes], [0n, 9n * MINUTE, 2]);
});

test("a shape that is moved again counts once, up to 500 shapes", () => {
  let sitting: Sitting = begun(row(0n));
  for (let n = 0; n < 3; n++) sitting = extended(sitting, row(1n), [moved("a"), moved("b")]);
  assert.deepEqual(sitting.deeds, [{ verb: "moved", kind: "", count: 2 }]);
  sitting = extended(
    sitting,
    row(2n),
    Array.from({ length: 600 }, (_, n) => moved(`s${n}`)),
  );
  assert.equal(sitting.touched.length, 500);
  assert.equal(sitting.deeds[0].count, 602);
});
