// @ts-check
/** @import { Editor } from "./editor.js" */
/** @import { ToolName } from "./tools/index.js" */

/** In a window this narrow only the tools that are `at hand` are in the bar; the same as in static/css/toolbar.css. */
const SMALL = "(max-width: 760px)";

/** The buttons that choose a tool, and the place under the last one for those that find no room. */
export class Toolbar {
  #editor;
  /** In the order of the bar. @type {HTMLButtonElement[]} */
  #buttons;
  #reach;
  #more;
  #opener;
  #small = matchMedia(SMALL);

  /** @param {HTMLElement} element @param {Editor} editor */
  constructor(element, editor) {
    this.#editor = editor;
    this.#buttons = [...element.querySelectorAll("button")].filter((button) => button.dataset.tool);
    this.#reach = /** @type {HTMLElement} */ (element.querySelector("#reach"));
    this.#more = /** @type {HTMLElement} */ (element.querySelector("#more"));
    this.#opener = /** @type {HTMLElement} */ (element.querySelector("#more-open"));
    for (const button of this.#buttons) button.addEventListener("click", () => this.#choose(/** @type {ToolName} */ (button.dataset.tool)));
    this.#small.addEventListener("change", () => this.#place());
    editor.onTool(() => this.show());
    this.#place();
  }

  /** @param {ToolName} name */
  #choose(name) {
    this.#editor.tool(name);
    if (this.#more.matches(":popover-open")) this.#more.hidePopover();
  }

  #place() {
    for (const button of this.#buttons) this.#home(button).append(button);
    this.show();
  }

  /** @param {HTMLElement} button */
  #home({ dataset: { reach } }) {
    return reach === "more" || (this.#small.matches && reach !== "hand") ? this.#more : this.#reach;
  }

  /** Which tool is in hand, and which this person may have. */
  show() {
    for (const button of this.#buttons) {
      const name = /** @type {ToolName} */ (button.dataset.tool);
      button.setAttribute("aria-pressed", String(name === this.#editor.toolName));
      button.hidden = !this.#editor.mayUse(name);
    }
    // What lies under the last button shows itself there while it is in hand.
    const chosen = this.#buttons.find((button) => button.parentElement === this.#more && button.dataset.tool === this.#editor.toolName);
    this.#opener.toggleAttribute("data-chosen", Boolean(chosen));
    this.#opener.setAttribute("aria-label", chosen ? `More tools: ${chosen.getAttribute("aria-label")}` : "More tools");
    const icon = this.#opener.querySelector("use");
    const href = icon?.getAttribute("href") ?? "";
    icon?.setAttribute("href", href.replace(/#.*/, `#${chosen?.dataset.tool ?? "shapes"}`));
  }
}
