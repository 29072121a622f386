// The kind of fault: the physical position of a key overrides the character that it types, so a command runs that nobody asked for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAYOUTS } from "./layouts.ts";

Object.assign(globalThis, {
  addEventListener() {},
  document: {
    addEventListener() {},
    querySelector: () => null,
    querySelectorAll: () => [],
    documentElement: { dataset: {} },
    body: { dataset: {}, classList: { contains: () => false } },
  },
});
const { pressed } = await import("../../../browser/commands/list.ts");

const BOX = {
  id: "a",
  kind: "rectangle",
  x: 0,
  y: 0,
  w: 9,
  h: 9,
  rotation: 0,
  opacity: 1,
  group: "",
  locked: false,
  text: "",
};

/** The page of a board with three boxes, all selected or none. */
function page(selecting: boolean): any {
  const ids = selecting ? ["a", "b", "c"] : [];
  const get = (id: string) => ({ ...BOX, id });
  return {
    board: {
      mayEdit: true,
      selection: { ids: new Set(ids), onChange() {} },
      shapes: { get, find: get, sorted: () => ids, onChange() {}, members: () => [] },
    },
    hand: { mayUse: () => true },
  };
}

/** @param held of "Ctrl Meta Alt Shift AltGr" */
function command(key: string, code: string, held: string, selecting: boolean) {
  const event = {
    key,
    code,
    ctrlKey: held.includes("Ctrl"),
    metaKey: held.includes("Meta"),
    altKey: /\bAlt\b/.test(held),
    shiftKey: held.includes("Shift"),
    getModifierState: (name: string) => name === "AltGraph" && held.includes("AltGr"),
  };
  return pressed(event as any, page(selecting))?.id ?? null;
}

for (const [layout, presses] of Object.entries(LAYOUTS)) {
  test(`a press is the command of its character (${layout})`, () => {
    for (const [key, code, held, selecting, without = selecting] of presses) {
      assert.equal(command(key, code, held, true), selecting, `${held} ${key} at ${code}, with a selection`);
      assert.equal(command(key, code, held, false), without, `${held} ${key} at ${code}, without one`);
    }
  });
}
