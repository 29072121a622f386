// @ts-check
import { bindPanels, keepsWriting } from "./beside.js";
import { bindClipboard } from "./clipboard.js";
import { find, run } from "./commands.js";
import { onSelected } from "./commands/selected.js";
import { ContextMenu } from "./context-menu.js";
import { bindKeys } from "./keys.js";
import "./menus.js";
import { bindOutline } from "./outline.js";
import { Palette } from "./palette.js";
import { settings } from "./settings.js";
import { fillSheet } from "./sheet.js";
import { StylePanel } from "./style-panel.js";
import { Toolbar } from "./toolbar.js";
import { Walk } from "./walk.js";
import { turnWheel } from "./wheel.js";

/** @import { Editor } from "./editor.js" */

/** After a click on one of these with the mouse the keys are the board's again. */
const PANELS = "#tools, #zoom, #style, #more";

/** @param {string} id @returns {any} */
const element = (id) => document.getElementById(id);

/**
 * Everything around the sheet: what shows the editor's state, and what asks it for something.
 * @param {Editor} editor
 * @returns {{ menu: ContextMenu, toolbar: Toolbar }}
 */
export function dress(editor) {
  const canvas = element("canvas");
  bindKeys(editor);
  bindPanels(editor);
  bindClipboard(editor, /** @type {HTMLElement} */ (document.querySelector("#canvas > #surface")));
  bindOutline(element("outline"), element("listing"), editor);
  fillSheet(element("help"));
  new Palette(element("palette"), editor);
  new StylePanel(element("style"), element("style-open"), editor);
  new Walk(canvas, editor);
  bindButtons(editor);
  bindZoom(editor);
  const announcer = element("announcer");
  // The same text again would be no change to tell.
  editor.announce = (text) => (announcer.textContent = announcer.textContent === text ? `${text}\u00a0` : text);
  settings.listen(() => (element("grid").hidden = !settings.grid));
  addEventListener("click", (event) => {
    const panel = event.target instanceof Element && event.target.closest(PANELS);
    if (editor.writing && keepsWriting(event.target)) return;
    if (panel && event.detail > 0 && !event.target.closest("input, [popovertarget]")) canvas.focus({ preventScroll: true });
  });
  return { menu: new ContextMenu(element("context"), editor), toolbar: new Toolbar(element("tools"), editor) };
}

/** Over panels too, a pinch and Ctrl with the wheel zoom the board, and never the page. @param {Editor} editor */
function bindZoom({ camera }) {
  // Not on the window: under a wheel listener the browser keeps a region of every shape.
  for (const panel of document.querySelectorAll("body > :not(main), #canvas > #over")) {
    panel.addEventListener("wheel", (event) => {
      const turned = /** @type {WheelEvent} */ (event);
      if (!turned.ctrlKey && !turned.metaKey) return;
      if (panel instanceof HTMLDialogElement) event.preventDefault();
      else turnWheel(turned, camera);
    }, { passive: false });
  }
  for (const name of ["gesturestart", "gesturechange"]) document.addEventListener(name, (event) => event.preventDefault()); // Safari's pinch
}

/** Every button with `data-command` does what it says, and shows whether it can. @param {Editor} editor */
function bindButtons(editor) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-command]")]);
  document.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-command]"));
    if (button) run(button.dataset.command ?? "", editor);
  });
  const show = () => {
    for (const button of buttons) {
      const command = find(button.dataset.command ?? "");
      if (command?.checked) button.setAttribute("aria-checked", String(command.checked(editor)));
      else if (command?.when) button.disabled = !command.when(editor);
    }
    element("trash").hidden = !editor.selection.ids.size;
  };
  let frame = 0;
  const soon = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      show();
    });
  };
  onSelected(editor, soon);
  settings.listen(soon);
}

