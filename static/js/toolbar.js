// @ts-check
/** @import { Editor } from "./editor.js" */
/** @import { ToolName } from "./tools/index.js" */
/** @import { Style } from "./types.js" */

/** The buttons that choose a tool, a colour and a width. */
export class Toolbar {
  /** @type {Map<string, HTMLButtonElement>} */
  #tools;
  /** @type {Map<string, HTMLButtonElement>} */
  #colors;
  /** @type {Map<string, HTMLButtonElement>} */
  #widths;
  #editor;

  /** @param {HTMLElement} element @param {Editor} editor */
  constructor(element, editor) {
    this.#editor = editor;
    this.#tools = buttons(element, "tool");
    this.#colors = buttons(element, "color");
    this.#widths = buttons(element, "width");
    for (const [name, button] of this.#tools) button.addEventListener("click", () => editor.tool(/** @type {ToolName} */ (name)));
    for (const [color, button] of this.#colors) button.addEventListener("click", () => this.#ink({ color }));
    for (const [width, button] of this.#widths) button.addEventListener("click", () => this.#ink({ width: Number(width) }));
    editor.onTool(() => this.#show());
    editor.onStyle(() => this.#show());
    this.#show();
  }

  /** Whoever picks a colour or a width with nothing selected wants to draw. @param {Partial<Style>} style */
  #ink(style) {
    this.#editor.setStyle(style);
    if (!this.#editor.selection.ids.size) this.#editor.tool("pen");
  }

  #show() {
    const { toolName, style } = this.#editor;
    press(this.#tools, toolName);
    press(this.#colors, style.color);
    press(this.#widths, String(style.width));
  }
}

/** @param {HTMLElement} element @param {string} name of the data attribute @returns {Map<string, HTMLButtonElement>} by its value */
function buttons(element, name) {
  const found = /** @type {NodeListOf<HTMLButtonElement>} */ (element.querySelectorAll(`button[data-${name}]`));
  return new Map([...found].map((button) => [button.dataset[name] ?? "", button]));
}

/** @param {Map<string, HTMLButtonElement>} choices @param {string} chosen */
function press(choices, chosen) {
  for (const [name, button] of choices) button.setAttribute("aria-pressed", String(name === chosen));
}
