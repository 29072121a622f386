import type { Hand } from "../hand.ts";
import type { ToolName } from "../types/tool.ts";

/** In a window this narrow only the tools that are `at hand` are in the bar; the same as in static/css/toolbar.css. */
const SMALL = "(max-width: 760px)";

/** The buttons that choose a tool. Those without room lie in a menu under the last one. */
export class Toolbar {
  #hand;
  #buttons: HTMLButtonElement[];
  /** What finds its place by the room that there is, in the order of the bar. */
  #placed: HTMLElement[];
  #reach;
  #more;
  #opener;
  #small = matchMedia(SMALL);

  constructor(element: HTMLElement, hand: Hand) {
    this.#hand = hand;
    this.#placed = [...element.querySelectorAll("[data-reach]")] as HTMLElement[];
    this.#buttons = this.#placed.filter((each): each is HTMLButtonElement => each instanceof HTMLButtonElement);
    this.#reach = element.querySelector("#reach") as HTMLElement;
    this.#more = element.querySelector("#more") as HTMLElement;
    this.#opener = element.querySelector("#more-open") as HTMLElement;
    for (const button of this.#buttons)
      button.addEventListener("click", () => this.#choose(button.dataset.tool as ToolName));
    this.#small.addEventListener("change", () => this.#place());
    hand.onTool(() => this.show());
    this.#place();
  }

  #choose(name: ToolName) {
    this.#hand.tool(name);
    if (this.#more.matches(":popover-open")) this.#more.hidePopover();
  }

  #place() {
    for (const each of this.#placed) this.#home(each).append(each);
    this.show();
  }

  #home({ dataset: { reach } }: HTMLElement) {
    return reach === "more" || (this.#small.matches && reach !== "hand") ? this.#more : this.#reach;
  }

  /** Which tool is in hand, and which this person may have. */
  show() {
    for (const button of this.#buttons) {
      const name = button.dataset.tool as ToolName;
      button.setAttribute("aria-pressed", String(name === this.#hand.toolName));
      button.hidden = !this.#hand.mayUse(name);
    }
    // What lies under the last button shows itself there while it is in hand.
    const chosen = this.#buttons.find(
      (button) => button.parentElement === this.#more && button.dataset.tool === this.#hand.toolName,
    );
    this.#opener.toggleAttribute("data-chosen", Boolean(chosen));
    this.#opener.setAttribute("aria-label", chosen ? `More tools: ${chosen.getAttribute("aria-label")}` : "More tools");
    const icon = this.#opener.querySelector("use");
    const href = icon?.getAttribute("href") ?? "";
    icon?.setAttribute("href", href.replace(/#.*/, `#${chosen?.dataset.tool ?? "shapes"}`));
  }
}
