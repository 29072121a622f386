// @ts-check
/** What the next shape will look like; this browser remembers it. */

/** @import { Style } from "./types.js" */

const KEY = "easel:style";

/** @type {Style} */
const DEFAULT = {
  color: "black",
  width: 4,
  opacity: 1,
  fill: "none",
  fillColor: "",
  dash: "solid",
  size: 20,
  align: "center",
  start: "none",
  end: "arrow",
  curved: false,
  radius: 12,
  smoothing: "low",
  pressure: "pen",
  erase: "whole",
};

/** Where a tool, or a kind of shape, has values of its own: what is chosen there changes no other tool. @type {Record<string, Partial<Style>>} */
const OWN = {
  note: { color: "yellow", opacity: 1 },
  text: { align: "left" },
  highlighter: { color: "#ffd60a" }, // the palette's yellow is made to be read, and looks like mustard here
  frame: { color: "grey" },
  line: { start: "none", end: "none" },
};

/** What the next shapes of each tool look like. What a panel shows of it is what is used. */
export class Styles {
  #shared = { ...DEFAULT, ...sound(recalled(KEY), DEFAULT) };
  #own = Object.fromEntries(Object.entries(OWN).map(([tool, values]) => [tool, { ...values, ...sound(recalled(`${KEY}:${tool}`), values) }]));

  /** @param {string} tool or the kind of a shape @returns {Style} */
  of(tool) {
    return { ...this.#shared, ...this.#own[tool] };
  }

  /** @param {string} tool @param {Partial<Style>} fields */
  set(tool, fields) {
    const own = Object.entries(fields).filter(([name]) => name in (this.#own[tool] ?? {}));
    const shared = Object.entries(fields).filter(([name]) => !(name in (this.#own[tool] ?? {})));
    if (own.length) remember(`${KEY}:${tool}`, (this.#own[tool] = { ...this.#own[tool], ...Object.fromEntries(own) }));
    if (shared.length) remember(KEY, (this.#shared = { ...this.#shared, ...Object.fromEntries(shared) }));
  }
}

/** @param {any} kept @param {object} like @returns {object} the fields that are of the same type there */
function sound(kept, like) {
  return Object.fromEntries(Object.entries(like).flatMap(([name, value]) => (typeof kept?.[name] === typeof value ? [[name, kept[name]]] : [])));
}

/** @param {string} key @returns {unknown} */
function recalled(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
    return kept.pressure === true ? { ...kept, pressure: "always" } : kept; // as it was kept once; false was what everybody had
  } catch {
    return {};
  }
}

/** @param {string} key @param {object} style */
function remember(key, style) {
  try {
    localStorage.setItem(key, JSON.stringify(style));
  } catch {
    // The style is then that of this page only.
  }
}
