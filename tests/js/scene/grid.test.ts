import assert from "node:assert/strict";
import { test } from "node:test";
import { Grid } from "../../../browser/scene/grid.ts";

const item = (left: number, top: number, size: number = 10) => ({
  box: { left, top, right: left + size, bottom: top + size },
});
const window = { left: 0, top: 0, right: 1280, bottom: 800 };

test("what is near a place is found, and nothing else", () => {
  const grid = new Grid();
  const [here, there] = [item(100, 100), item(5_000, -5_000)];
  grid.add(here);
  grid.add(there);
  assert.deepEqual([...grid.near({ left: 95, top: 95, right: 101, bottom: 101 })], [here]);
  grid.remove(here);
  assert.deepEqual([...grid.near(window)], []);
});

test("an item that is wider than its cell is found at both of its ends", () => {
  const grid = new Grid();
  const wide = item(-10_000, 0, 20_000);
  grid.add(wide);
  for (const x of [-9_999, 9_999]) assert.deepEqual([...grid.near({ left: x, top: 5, right: x, bottom: 5 })], [wide]);
});

test("cells out of view are hidden and come back, each item told once", () => {
  const grid = new Grid();
  const items = [item(0, 0), item(20, 20), item(9_000, 0)];
  for (const each of items) grid.add(each);
  const told: [unknown, boolean][] = [];
  grid.cull(window, (each, shown) => told.push([each, shown]));
  assert.deepEqual(told, [[items[2], false]]);
  grid.cull(window, () => assert.fail("nothing has changed"));
  grid.cull({ left: 8_900, top: 0, right: 9_100, bottom: 800 }, (each, shown) => told.push([each, shown]));
  assert.deepEqual(told.slice(1), [
    [items[0], false],
    [items[1], false],
    [items[2], true],
  ]);
});

test("a newcomer to a hidden cell is hidden too", () => {
  const grid = new Grid();
  grid.add(item(9_000, 0));
  grid.cull(window, () => {});
  assert.equal(grid.add(item(9_050, 0)), false);
});

test("a newcomer in the view is shown, even if the rest of its cell is not", () => {
  const grid = new Grid();
  grid.add(item(1_500, 100));
  grid.cull(window, () => {});
  assert.equal(grid.add(item(1_100, 100, 100)), true);
});

test("bounds are those of what is left", () => {
  const grid = new Grid();
  const far = item(9_000, 9_000);
  grid.add(item(0, 0));
  grid.add(far);
  grid.remove(far);
  assert.deepEqual(grid.bounds(), { left: 0, top: 0, right: 10, bottom: 10 });
  assert.equal(new Grid().bounds(), null);
});
