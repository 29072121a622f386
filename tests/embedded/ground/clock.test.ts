// A clock that is set back: the deployment's own time goes on, so that what is committed later is later.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Clock } from "../../../embedded/ground/clock.ts";

test("time keeps its speed while the machine's clock is behind", () => {
  mock.timers.enable({ apis: ["Date"], now: 5_000_000 });
  const clock = new Clock();
  assert.equal(clock.now(), 5_000_000);
  mock.timers.setTime(1_000_000);
  assert.equal(clock.now(), 5_000_000);
  mock.timers.tick(70);
  assert.equal(clock.now(), 5_000_070);
  mock.timers.setTime(900_000); // set back again
  mock.timers.tick(5);
  assert.ok(clock.now() >= 5_000_070);
  mock.timers.setTime(6_000_000);
  assert.equal(clock.now(), 6_000_000);
  mock.timers.tick(1);
  assert.equal(clock.now(), 6_000_001);
  mock.timers.reset();
});

test("after a restart it begins no earlier than the newest commit", () => {
  mock.timers.enable({ apis: ["Date"], now: 1_000 });
  const clock = new Clock();
  clock.reach(9_000);
  assert.equal(clock.now(), 9_000);
  mock.timers.tick(3);
  assert.equal(clock.now(), 9_003);
  mock.timers.reset();
});
