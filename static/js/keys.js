// @ts-check
/** @import { ToolName } from "./tools/index.js" */

/** @typedef {{ tool: (name: ToolName) => void, undo: () => void, redo: () => void, cancel: () => void, fit: () => void, zoom: (direction: 1 | -1) => void, life: () => void, space: (down: boolean) => void, key: (event: KeyboardEvent) => boolean }} Commands life: 100 %; key: what the tool in hand takes */

/** Plain keys, as they are printed on the buttons. @type {Record<string, ToolName>} */
const TOOLS = { v: "select", 1: "select", h: "hand", p: "pen", b: "pen", x: "pen", 7: "pen", e: "eraser", 0: "eraser", k: "laser" };

/** Keyboard shortcuts. None is taken from a text field, a dialog or a menu. @param {Commands} commands */
export function bindKeys(commands) {
  addEventListener("keydown", (event) => {
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (commands.key(event) || press(event, commands)) event.preventDefault();
  });
  addEventListener("keyup", (event) => event.code === "Space" && commands.space(false));
  addEventListener("blur", () => commands.space(false));
}

/** @param {KeyboardEvent} event @param {Commands} commands @returns {boolean} whether it was a shortcut */
function press(event, commands) {
  const key = latin(event);
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (key === "z") event.shiftKey ? commands.redo() : commands.undo();
    else if (key === "y") commands.redo();
    else if (key === "=" || key === "+") commands.zoom(1);
    else if (key === "-") commands.zoom(-1);
    else if (key === "0") commands.life();
    else return false;
    return true;
  }
  if (event.shiftKey) {
    if (event.code === "Digit1") commands.fit();
    else if (event.code === "Digit0") commands.life();
    else if (key === "p") commands.tool("highlighter");
    else return false;
    return true;
  }
  if (key === "escape") commands.cancel();
  else if (key === " ") {
    // On a button the space bar presses it.
    if (event.target instanceof HTMLElement && event.target.closest("button, a, summary")) return false;
    commands.space(true);
  } else if (Object.hasOwn(TOOLS, key)) {
    if (!event.repeat) commands.tool(TOOLS[key]);
  } else return false;
  return true;
}

/** The key in lower case; on a layout without Latin letters, the one that is printed there on a Latin keyboard. @param {KeyboardEvent} event */
function latin({ key, code }) {
  const letter = /^Key([A-Z])$/.exec(code);
  return letter && !/^[a-z]$/i.test(key) ? letter[1].toLowerCase() : key.toLowerCase();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
