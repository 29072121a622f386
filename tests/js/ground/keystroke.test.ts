import assert from "node:assert/strict";
import { test } from "node:test";
import { caps, matches, spoken } from "../../../browser/ground/keystroke.ts";

const press = (key: string, code: string, held: string = "") => ({
  key,
  code,
  ctrlKey: held.includes("Ctrl"),
  metaKey: held.includes("Meta"),
  altKey: held.includes("Alt"),
  shiftKey: held.includes("Shift"),
  getModifierState: (name: string) => name === "AltGraph" && held.includes("Graph"),
});

test("a letter is found by what it types", () => {
  assert.ok(matches(press("p", "KeyP"), "P"));
  assert.ok(matches(press("p", "KeyR"), "P"), "on a Dvorak board P lies where others have R");
  assert.ok(!matches(press("p", "KeyR"), "R"));
});

test("on a layout without Latin letters a letter is found by its place", () => {
  assert.ok(matches(press("з", "KeyP"), "P"));
  assert.ok(matches(press("я", "KeyZ", "Ctrl"), "Ctrl+Z"));
  assert.ok(matches(press("å", "KeyA", "Alt"), "Alt+A"), "as Option+A on a Mac");
});

test("capitals do not matter, Shift does", () => {
  assert.ok(matches(press("P", "KeyP"), "P"), "Caps Lock");
  assert.ok(!matches(press("P", "KeyP", "Shift"), "P"));
  assert.ok(matches(press("P", "KeyP", "Shift"), "Shift+P"));
});

test("the Mac's Command is Ctrl", () => {
  assert.ok(matches(press("z", "KeyZ", "Meta"), "Ctrl+Z"));
  assert.ok(!matches(press("z", "KeyZ"), "Ctrl+Z"));
  assert.ok(!matches(press("z", "KeyZ", "Ctrl+Alt"), "Ctrl+Z"));
});

test("brackets and digits are found by their place too", () => {
  assert.ok(matches(press("}", "BracketRight", "Ctrl+Shift"), "Ctrl+Shift+]"));
  assert.ok(matches(press("]", "BracketRight"), "]"));
  assert.ok(matches(press("!", "Digit1", "Shift"), "Shift+1"));
  assert.ok(matches(press("é", "Digit2"), "2"), "on a French board digits need Shift");
  assert.ok(matches(press("7", "Numpad7"), "7"));
});

test("AltGr types and commands nothing but its character", () => {
  assert.ok(matches(press("]", "Digit9", "Ctrl+Alt+Graph"), "]"), "a German bracket");
  assert.ok(!matches(press("]", "Digit9", "Ctrl+Alt+Graph"), "Ctrl+Alt+]"));
});

test("a question mark is one with or without Shift", () => {
  assert.ok(matches(press("?", "Slash", "Shift"), "?"));
  assert.ok(matches(press("?", "Comma"), "?"));
  assert.ok(matches(press("+", "NumpadAdd", "Ctrl"), "Ctrl++"));
});

test("caps are printed as on the person's keyboard", () => {
  assert.deepEqual(caps("Ctrl+Shift+z"), ["Ctrl", "Shift", "Z"]);
  assert.deepEqual(caps("Ctrl+Shift+z", true), ["⌘", "⇧", "Z"]);
  assert.deepEqual(caps("Ctrl++"), ["Ctrl", "+"]);
  assert.deepEqual(caps("Ctrl+Shift+ArrowLeft"), ["Ctrl", "Shift", "←"]);
  assert.equal(spoken("Ctrl+Shift+Z"), "Control+Shift+Z");
});
