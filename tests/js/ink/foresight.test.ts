import assert from "node:assert/strict";
import { test } from "node:test";
import { Foresight } from "../../../browser/ink/foresight.ts";
import type { Sample } from "../../../browser/types/tool.ts";

/** Zoomed in twice. */
function at(clientX: number, time: number): Sample {
  return { x: clientX / 2, y: 0, clientX, clientY: 0, time, pressure: 0.5, shift: false, alt: false, ctrl: false };
}

function hand(...samples: Sample[]) {
  const foresight = new Foresight();
  for (const sample of samples) foresight.add(sample);
  return foresight;
}

test("a guess that fits the hand's speed is kept", () => {
  const foresight = hand(at(0, 0), at(5, 16), at(10, 32));
  assert.deepEqual(foresight.of([at(15, 48)]), [at(15, 48)]);
});

test("a guess after events that came bunched is held near the pointer", () => {
  const foresight = hand(at(0, 0), at(5, 16), at(10, 32), at(15, 32.1), at(20, 32.2));
  const [{ x }] = foresight.of([at(3_764, 48)]);
  assert.ok(x > 10 && x < 30, `${x}`);
  assert.ok(hand(at(0, 0), at(5, 0)).of([at(900, 16)])[0].x < 15);
});

test("a guess is never far ahead, however fast the hand is", () => {
  const [{ x }] = hand(at(0, 0), at(500, 8)).of([at(1_000, 16)]);
  assert.equal(x, (500 + 40) / 2);
});

test("a hand that rests, or has just landed, is expected nowhere else", () => {
  assert.equal(hand(at(10, 0)).of([at(90, 16)])[0].x, 5);
  assert.equal(hand(at(10, 0), at(10, 16)).of([at(90, 32)])[0].x, 5);
});
