// The kind of fault: the physical position of a key overrides the character that it types, so a command runs that nobody asked for.
import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, {
  addEventListener() {},
  document: {
    addEventListener() {},
    querySelector: () => null,
    querySelectorAll: () => [],
    documentElement: { dataset: {} },
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

/** For each layout, what a press types, and the command that it is: with a selection, and without one where that differs. */
const LAYOUTS: Record<string, [string, string, string, string | null, (string | null)?][]> = {
  US: [
    ["=", "Equal", "Ctrl", "zoom-in"],
    ["+", "Equal", "Ctrl Shift", "zoom-in"],
    ["-", "Minus", "Ctrl", "zoom-out"],
    ["0", "Digit0", "Ctrl", "zoom-life"],
    [")", "Digit0", "Shift", "zoom-life"],
    ["!", "Digit1", "Shift", "zoom-fit"],
    ["@", "Digit2", "Shift", "zoom-selection", null],
    ["]", "BracketRight", "Ctrl", "forward", null],
    ["[", "BracketLeft", "Ctrl", "backward", null],
    ["}", "BracketRight", "Ctrl Shift", "front", null],
    ["{", "BracketLeft", "Ctrl Shift", "back", null],
    ["]", "BracketRight", "", "front", null],
    ["[", "BracketLeft", "Ctrl Alt", "back", null],
    ["]", "BracketRight", "Alt", "forward", null],
    ["'", "Quote", "Ctrl", "grid"],
    ["/", "Slash", "Ctrl", "palette"],
    ["?", "Slash", "Shift", "help"],
    ["/", "Slash", "Ctrl Alt", "help"],
    ["1", "Digit1", "", "select"],
    ["0", "Digit0", "", "eraser"],
  ],
  "US, Caps Lock": [
    ["P", "KeyP", "", "pen"],
    ["p", "KeyP", "Shift", "highlighter"],
    ["Z", "KeyZ", "Ctrl", "undo"],
    ["z", "KeyZ", "Ctrl Shift", "redo"],
  ],
  "US-International": [
    ["Dead", "Quote", "Ctrl", null],
    ["Dead", "Digit6", "Shift", null],
    ["á", "KeyA", "AltGr", null],
    ["á", "KeyA", "Ctrl Alt AltGr", null],
  ],
  UK: [
    ['"', "Digit2", "Shift", "zoom-selection", null],
    ["@", "Quote", "Ctrl Shift", null],
    ["'", "Quote", "Ctrl", "grid"],
    ["+", "Equal", "Ctrl Shift", "zoom-in"],
  ],
  German: [
    ["+", "BracketRight", "Ctrl", "zoom-in"],
    ["+", "BracketRight", "", null],
    ["*", "BracketRight", "Ctrl Shift", null],
    ["ü", "BracketLeft", "Ctrl", null],
    ["ü", "BracketLeft", "", null],
    ["Ü", "BracketLeft", "Ctrl Shift", null],
    ["-", "Slash", "Ctrl", "zoom-out"],
    ["Dead", "Equal", "Ctrl", null],
    ["ß", "Minus", "Ctrl", null],
    ["?", "Minus", "Shift", "help"],
    ["/", "Digit7", "Ctrl Shift", "palette"],
    ["ä", "Quote", "Ctrl", null],
    ["#", "Backslash", "Ctrl", null],
    ["'", "Backslash", "Ctrl Shift", "grid"],
    ["=", "Digit0", "Ctrl Shift", "zoom-in"],
    ["=", "Digit0", "Shift", "zoom-life"],
    ["]", "Digit9", "AltGr", "front", null],
    ["]", "Digit9", "Ctrl Alt AltGr", "front", null],
    ["[", "Digit8", "Ctrl Alt", "back", null],
    ["}", "Digit0", "AltGr", null],
    ["z", "KeyY", "Ctrl", "undo"],
    ["y", "KeyZ", "Ctrl", "redo"],
    ["@", "KeyQ", "AltGr", null],
  ],
  "German, on a Mac": [
    ["+", "BracketRight", "Meta", "zoom-in"],
    ["[", "Digit5", "Alt", "back", null],
    ["]", "Digit6", "Alt AltGr", "front", null],
    ["@", "KeyL", "Alt", "outline"],
  ],
  French: [
    ["&", "Digit1", "", "select"],
    ["é", "Digit2", "", "rectangle"],
    ["1", "Digit1", "Shift", "zoom-fit"],
    ["2", "Digit2", "Shift", "zoom-selection", null],
    ["7", "Digit7", "Shift", "pen"],
    ["à", "Digit0", "Ctrl", "zoom-life"],
    ["-", "Digit6", "Ctrl", "zoom-out"],
    ["=", "Equal", "Ctrl", "zoom-in"],
    ["+", "Equal", "Ctrl Shift", "zoom-in"],
    [")", "Minus", "Ctrl", null],
    ["Dead", "BracketLeft", "Ctrl", null],
    ["$", "BracketRight", "Ctrl", null],
    ["ù", "Quote", "Ctrl", null],
    ["'", "Digit4", "Ctrl", "grid"],
    ["!", "Slash", "Ctrl", null],
    ["/", "Period", "Ctrl Shift", "palette"],
    ["?", "KeyM", "Shift", "help"],
    ["a", "KeyQ", "Ctrl", "select-all"],
    ["z", "KeyW", "Ctrl", "undo"],
    ["Dead", "Digit2", "AltGr", null],
    ["[", "Digit5", "AltGr", "back", null],
    [",", "KeyM", "", null],
  ],
  Spanish: [
    ["+", "BracketRight", "Ctrl", "zoom-in"],
    ["*", "BracketRight", "Ctrl Shift", null],
    ["]", "BracketRight", "AltGr", "front", null],
    ["Dead", "BracketLeft", "Ctrl", null],
    ["¡", "Equal", "Ctrl", null],
    ["'", "Minus", "Ctrl", "grid"],
    ["-", "Slash", "Ctrl", "zoom-out"],
    ["?", "Minus", "Shift", "help"],
    ["ñ", "Semicolon", "Ctrl", null],
  ],
  Italian: [
    ["+", "BracketRight", "Ctrl", "zoom-in"],
    ["è", "BracketLeft", "Ctrl", null],
    ["ì", "Equal", "Ctrl", null],
    ["à", "Quote", "Ctrl", null],
    ["[", "BracketLeft", "AltGr", "back", null],
    ["}", "BracketRight", "Ctrl Alt Shift AltGr", null],
  ],
  Swiss: [
    ["+", "Digit1", "Ctrl Shift", "zoom-in"],
    ["+", "Digit1", "Shift", "zoom-fit"],
    ["Dead", "Equal", "Ctrl", null],
    ["Dead", "BracketRight", "Ctrl", null],
    ["]", "BracketRight", "AltGr", "front", null],
    ["'", "Minus", "Ctrl", "grid"],
    ["è", "BracketLeft", "Ctrl Shift", null],
  ],
  Nordic: [
    ["å", "BracketLeft", "Ctrl", null],
    ["Dead", "BracketRight", "Ctrl", null],
    ["+", "Minus", "Ctrl", "zoom-in"],
    ["-", "Slash", "Ctrl", "zoom-out"],
    ["ø", "Quote", "Ctrl", null],
    ["'", "Backslash", "Ctrl", "grid"],
    ["?", "Minus", "Shift", "help"],
    ["}", "Digit0", "AltGr", null],
  ],
  Polish: [
    ["ą", "KeyA", "AltGr", null],
    ["ą", "KeyA", "Ctrl Alt AltGr", null],
    ["Ś", "KeyS", "AltGr Shift", null],
    ["ż", "KeyZ", "Ctrl Alt", null],
    ["]", "BracketRight", "Ctrl", "forward", null],
  ],
  Turkish: [
    ["ı", "KeyI", "", null],
    ["i", "Quote", "Ctrl", null],
    ["ğ", "BracketLeft", "Ctrl", null],
    ["*", "Minus", "Ctrl", null],
    ["-", "Equal", "Ctrl", "zoom-out"],
    ["ü", "BracketRight", "Ctrl Shift", null],
  ],
  "Turkish F": [
    ["ğ", "KeyE", "", null],
    ["ı", "KeyR", "", null],
    ["d", "KeyY", "Ctrl", "duplicate", null],
    ["ö", "KeyX", "", null],
  ],
  Portuguese: [
    ["Dead", "BracketLeft", "Ctrl", null],
    ["[", "BracketRight", "Ctrl", "backward", null],
    ["]", "Backslash", "Ctrl", "forward", null],
    ["{", "BracketRight", "Ctrl Shift", "back", null],
  ],
  Dvorak: [
    ["p", "KeyR", "", "pen"],
    ["'", "KeyQ", "Ctrl", "grid"],
    [",", "KeyW", "", null],
    [";", "KeyZ", "Ctrl", null],
    ["[", "Minus", "Ctrl", "backward", null],
    ["{", "Minus", "Ctrl Shift", "back", null],
    ["]", "Equal", "Ctrl", "forward", null],
    ["=", "BracketRight", "Ctrl", "zoom-in"],
    ["-", "Quote", "Ctrl", "zoom-out"],
    ["/", "BracketLeft", "Ctrl", "palette"],
    ["z", "Slash", "Ctrl", "undo"],
  ],
  Japanese: [
    ["[", "BracketRight", "Ctrl", "backward", null],
    ["]", "Backslash", "Ctrl", "forward", null],
    ["@", "BracketLeft", "Ctrl", null],
    ["+", "Semicolon", "Ctrl Shift", "zoom-in"],
    ["^", "Equal", "Ctrl", null],
    ["=", "Minus", "Ctrl Shift", "zoom-in"],
    ["'", "Digit7", "Ctrl Shift", "grid"],
    ["ち", "KeyA", "Ctrl", "select-all"],
    ["Process", "KeyP", "", null],
  ],
  Russian: [
    ["я", "KeyZ", "Ctrl", "undo"],
    ["з", "KeyP", "", "pen"],
    ["З", "KeyP", "Shift", "highlighter"],
    ["ъ", "BracketRight", "Ctrl", "forward", null],
    ["Х", "BracketLeft", "Ctrl Shift", "back", null],
    ["=", "Equal", "Ctrl", "zoom-in"],
    [".", "Slash", "Ctrl", null],
    ['"', "Digit2", "Shift", "zoom-selection", null],
    ["?", "Digit7", "Shift", "help"],
    ["ф", "KeyA", "Alt", "align-left", null],
  ],
  Greek: [
    ["ζ", "KeyZ", "Ctrl", "undo"],
    ["ρ", "KeyR", "", "rectangle"],
    [";", "KeyQ", "", "keep-tool"],
    ["?", "Slash", "Shift", "help"],
    ["]", "BracketRight", "Ctrl", "forward", null],
  ],
  Hebrew: [
    ["ז", "KeyZ", "Ctrl", "undo"],
    ["/", "KeyQ", "Ctrl", "palette"],
    ["/", "KeyQ", "", "keep-tool"],
    ["'", "KeyW", "Ctrl", "grid"],
    ["P", "KeyP", "Shift", "highlighter"],
    ["]", "BracketLeft", "Ctrl", "forward", null],
  ],
  Arabic: [
    ["لا", "KeyB", "", "pen"],
    ["ش", "KeyA", "Ctrl", "select-all"],
    ["١", "Digit1", "", "select"],
  ],
  "a Mac's Option": [
    ["å", "KeyA", "Alt", "align-left", null],
    ["å", "KeyA", "Alt AltGr", "align-left", null],
    ["◊", "KeyV", "Alt Shift", "distribute-y", null],
    ["Dead", "KeyE", "Alt", null],
    ["‘", "BracketRight", "Alt", "forward", null],
    ["¬", "KeyL", "Alt", "outline"],
  ],
  "the numpad": [
    ["+", "NumpadAdd", "Ctrl", "zoom-in"],
    ["-", "NumpadSubtract", "Ctrl", "zoom-out"],
    ["/", "NumpadDivide", "Ctrl", "palette"],
    ["0", "Numpad0", "Ctrl", "zoom-life"],
    ["7", "Numpad7", "", "pen"],
    ["ArrowUp", "Numpad8", "", "nudge-up", "pan-up"],
    ["End", "Numpad1", "", null],
    ["Delete", "NumpadDecimal", "", "delete", null],
  ],
};

for (const [layout, presses] of Object.entries(LAYOUTS)) {
  test(`a press is the command of its character (${layout})`, () => {
    for (const [key, code, held, selecting, without = selecting] of presses) {
      assert.equal(command(key, code, held, true), selecting, `${held} ${key} at ${code}, with a selection`);
      assert.equal(command(key, code, held, false), without, `${held} ${key} at ${code}, without one`);
    }
  });
}
