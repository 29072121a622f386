// @ts-check
/** @import { ToolName } from "./tools/index.js" */
/** @import { Style } from "./types.js" */

const KEY = "easel:style";

/** The buttons that choose a tool, a colour and a width. */
export class Toolbar {
  /** @type {Map<string, HTMLButtonElement>} */
  #tools;
  /** @type {Map<string, HTMLButtonElement>} */
  #colors;
  /** @type {Map<string, HTMLButtonElement>} */
  #widths;
  /** @type {ToolName} */
  #tool = "pen";
  /** @type {Style} */
  #style = { color: "black", width: 4, ...recall() };

  /** @type {(tool: ToolName) => void} */
  onTool = () => {};

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#tools = buttons(element, "tool");
    this.#colors = buttons(element, "color");
    this.#widths = buttons(element, "width");
    if (!this.#colors.has(this.#style.color)) this.#style.color = "black";
    if (!this.#widths.has(String(this.#style.width))) this.#style.width = 4;
    for (const [name, button] of this.#tools) button.addEventListener("click", () => this.choose(/** @type {ToolName} */ (name)));
    for (const [color, button] of this.#colors) button.addEventListener("click", () => this.#ink({ color }));
    for (const [width, button] of this.#widths) button.addEventListener("click", () => this.#ink({ width: Number(width) }));
    this.#show();
  }

  get tool() {
    return this.#tool;
  }

  get style() {
    return this.#style;
  }

  /** @param {ToolName} tool */
  choose(tool) {
    this.#tool = tool;
    this.#show();
    this.onTool(tool);
  }

  /** Whoever picks a colour or a width wants to draw. @param {Partial<Style>} style */
  #ink(style) {
    this.#style = { ...this.#style, ...style };
    remember(this.#style);
    this.choose("pen");
  }

  #show() {
    press(this.#tools, this.#tool);
    press(this.#colors, this.#style.color);
    press(this.#widths, String(this.#style.width));
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

/** @returns {Partial<Style>} */
function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Style} style */
function remember(style) {
  try {
    localStorage.setItem(KEY, JSON.stringify(style));
  } catch {
    // The style is then that of this page only.
  }
}
