import { available, find, runCommand } from "../commands/list.ts";
import { element } from "../ground/element.ts";
import { focusBoard } from "../ground/focus.ts";
import { addKeys } from "../ground/keycaps.ts";
import { onKey } from "../ground/keydown.ts";
import type { Page } from "../page.ts";
import { held } from "../select/selected.ts";

/** What the menu offers, by the ids of commands; "" is a line between. */
const OF_SHAPES = [
  "cut",
  "copy",
  "paste",
  "duplicate",
  "",
  "copy-svg",
  "copy-png",
  "",
  "edit",
  "crop",
  "describe",
  "replace",
  "download",
  "group",
  "ungroup",
  "lock",
  "unlock",
  "flip-x",
  "flip-y",
  "",
  "front",
  "forward",
  "backward",
  "back",
  "",
  "unframe",
  "who",
  "delete",
];
const OF_BOARD = [
  "paste",
  "select-all",
  "",
  "copy-svg",
  "copy-png",
  "",
  "zoom-fit",
  "zoom-life",
  "",
  "authors",
  "grid",
  "snap",
  "",
  "palette",
  "help",
];

/** How near to a shape a right click or a long press counts as on it, in screen px. */
const MARGIN = 8;

/** The menu of what is at a place: of the selection, or of the board. */
export class ContextMenu {
  #element;
  #page;
  /** Whether a pointer has come down on the menu since it opened. */
  #pressed = false;

  constructor(element: HTMLElement, page: Page) {
    this.#element = element;
    this.#page = page;
    element.addEventListener("pointerdown", () => (this.#pressed = true));
    element.addEventListener("click", (event) => this.#clicked(event));
    // Not a popover that closes by itself: lifting the finger or the button that opened it would be a click beside it. See site/dismissal.ts.
    // On the surface and not on the window: under a wheel listener the browser keeps a region of every shape.
    document.querySelector("#canvas > #surface")?.addEventListener("wheel", () => this.close(), { passive: true });
    for (const name of ["blur", "resize"]) addEventListener(name, () => this.close());
    onKey(globalThis, (event) => this.#asked(event));
  }

  /** For what lies there, which becomes the selection. */
  openAt({ x, y, clientX, clientY }: { x: number; y: number; clientX: number; clientY: number }) {
    const { selection, shapes, camera } = this.#page.board;
    const [hit] = shapes.at(x, y, MARGIN / camera.zoom);
    if (hit && !selection.ids.has(hit)) {
      this.#page.hand.tool("select");
      selection.set([hit]);
    } else if (!hit) selection.clear();
    this.#open(clientX, clientY);
  }

  close() {
    if (this.#element.matches(":popover-open")) this.#element.hidePopover();
  }

  /** Shift+F10 and the menu key. */
  #asked(event: KeyboardEvent) {
    const asks = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    if (
      !asks ||
      !(event.target instanceof Element) ||
      !(event.target === document.body || event.target.closest("#canvas"))
    )
      return;
    event.preventDefault();
    const { selection, shapes, camera } = this.#page.board;
    const box = selection.ids.size ? shapes.bounds([...selection.ids]) : null;
    const view = camera.view();
    const middle = box
      ? [Math.max(box.left, view.left), Math.max(box.top, view.top)]
      : [(view.left + view.right) / 2, (view.top + view.bottom) / 2];
    this.#open(...camera.toClient(middle[0], middle[1]));
  }

  /** @param top in the window */
  #open(left: number, top: number) {
    const element = this.#element;
    this.close();
    this.#pressed = false;
    this.#fill();
    element.showPopover();
    // At once, and not with the menu's event: the next key is the menu's.
    (element.querySelector("[role^=menuitem]") as HTMLElement | null)?.focus({ preventScroll: true });
    const { offsetWidth, offsetHeight } = element;
    element.style.left = `${Math.max(8, Math.min(left, innerWidth - offsetWidth - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(top, innerHeight - offsetHeight - 8))}px`;
  }

  #fill() {
    const offered = this.#page.board.selection.ids.size ? OF_SHAPES : OF_BOARD;
    this.#element.replaceChildren();
    for (const id of offered) {
      if (id === "unlock" && held(this.#page.board)) this.#tell("Locked by the owner");
      else if (id) this.#add(id);
      else if (this.#element.lastElementChild && this.#element.lastElementChild.tagName !== "HR")
        this.#element.append(element("hr"));
    }
    if (this.#element.lastElementChild?.tagName === "HR") this.#element.lastElementChild.remove();
  }

  #add(id: string) {
    const command = find(id);
    if (!command || !available(command, this.#page)) return;
    const item = element("button", id === "delete" ? "item danger" : "item");
    item.type = "button";
    item.dataset.run = id;
    item.setAttribute("role", command.checked ? "menuitemcheckbox" : "menuitem");
    if (command.checked) item.setAttribute("aria-checked", String(command.checked(this.#page)));
    item.append(command.title);
    addKeys(item, command.keys?.[0]);
    this.#element.append(item);
  }

  /** Why something is not offered. */
  #tell(text: string) {
    const item = element("div", "item", text);
    item.setAttribute("role", "menuitem");
    item.setAttribute("aria-disabled", "true");
    item.tabIndex = -1;
    this.#element.append(item);
  }

  #clicked(event: MouseEvent) {
    // The finger whose rest opened the menu lifts above an item: that is no choice. A key's click has no detail.
    if (event.detail && !this.#pressed) return event.stopPropagation();
    const id = ((event.target as Element).closest("[data-run]") as HTMLElement | null)?.dataset.run;
    if (!id) return;
    this.close();
    focusBoard();
    runCommand(id, this.#page);
  }
}
