import { bindClipboard } from "../clipboard/clipboard.ts";
import type { Gestures } from "../commands/keys.ts";
import { bindKeys } from "../commands/keys.ts";
import { find, runCommand } from "../commands/list.ts";
import { focusBoard } from "../ground/focus.ts";
import { onceAFrame } from "../ground/frame.ts";
import { onSelected } from "../select/selected.ts";
import { bindPanels, keepsWriting } from "../writing/beside.ts";
import "../site/menus.ts";
import type { Board } from "../board.ts";
import { settings } from "../ground/settings.ts";
import type { Page } from "../page.ts";
import { turnWheel } from "../pointer/wheel.ts";
import { Arrival } from "./arrival.ts";
import { Palette } from "./command-palette.ts";
import { bindExport } from "./export.ts";
import { Finder } from "./finder.ts";
import { bindGoingBack } from "./going-back.ts";
import { Hits } from "./hits.ts";
import { fillSheet } from "./keys-sheet.ts";
import { MoreShapes } from "./more-shapes.ts";
import { bindOutline } from "./outline.ts";
import { StylePanel } from "./style-panel.ts";
import { Toolbar } from "./toolbar.ts";
import { Walk } from "./walk.ts";

/** After a click on one of these with the mouse the keys are the board's again. */
const PANELS = "#tools, #zoom, #style, #more";

const element = (id: string): any => document.getElementById(id);

/** Of the overlay, in board px. */
const layer = (name: string) => document.querySelector(`.overlay > .${name}`) as SVGGElement;

/**
 * Everything around the sheet: what shows the page's state, and what asks it for something.
 * @param url of the board
 * @param went the server has made a change of one's own, which takes others back
 */
export function dress(page: Page, pointer: Gestures, url: string, went: () => void) {
  const canvas = element("canvas");
  bindKeys(page, pointer);
  bindPanels(page);
  bindClipboard(page, document.querySelector("#canvas > #surface") as HTMLElement);
  const arrival = new Arrival(page, url, layer("arrived"));
  bindOutline(element("outline"), element("listing"), page, (id) => arrival.at(id));
  bindGoingBack(went, (id) => arrival.at(id));
  new Finder(element("find"), new Hits(page.board, layer("found"), url), page.board.shapes);
  bindExport(element("export"), page, url);
  fillSheet(element("help"));
  new Palette(element("palette"), page);
  new StylePanel(element("style"), element("style-open"), page);
  new MoreShapes(element("tools"), page.hand);
  new Walk(canvas, page);
  new Toolbar(element("tools"), page.hand);
  bindButtons(page);
  bindZoom(page.board);
  settings.listen(() => (element("grid").hidden = !settings.grid));
  addEventListener("click", (event) => {
    const panel = event.target instanceof Element && event.target.closest(PANELS);
    if (page.writing && keepsWriting(event.target)) return;
    if (panel && event.detail > 0 && !event.target.closest("input, [popovertarget], [aria-haspopup]")) focusBoard();
  });
}

/** Over panels too, a pinch and Ctrl with the wheel zoom the board, and never the page. */
function bindZoom({ camera }: Board) {
  // Not on the window: under a wheel listener the browser keeps a region of every shape.
  for (const panel of document.querySelectorAll("body > :not(main), #canvas > #over")) {
    panel.addEventListener(
      "wheel",
      (event) => {
        const turned = event as WheelEvent;
        if (!turned.ctrlKey && !turned.metaKey) return;
        if (panel instanceof HTMLDialogElement) event.preventDefault();
        else turnWheel(turned, camera);
      },
      { passive: false },
    );
  }
  for (const name of ["gesturestart", "gesturechange"])
    document.addEventListener(name, (event) => event.preventDefault()); // Safari's pinch
}

/** Every button with `data-command` does what it says, and shows whether it can. */
function bindButtons(page: Page) {
  const buttons = [...document.querySelectorAll("[data-command]")] as HTMLButtonElement[];
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-command]") as HTMLElement | null;
    if (button) runCommand(button.dataset.command ?? "", page);
  });
  const show = () => {
    for (const button of buttons) {
      const command = find(button.dataset.command ?? "");
      if (command?.checked) button.setAttribute("aria-checked", String(command.checked(page)));
      else if (command?.when) button.disabled = !command.when(page);
    }
    element("trash").hidden = !page.board.selection.ids.size;
  };
  const soon = onceAFrame(show);
  onSelected(page.board, soon);
  settings.listen(soon);
}
