import type { Style } from "../types/style.ts";
import { store, stored } from "./stored.ts";

/** What the next shape will look like; this browser remembers it. */

const KEY = "easel:style";

const DEFAULT: Style = {
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

/** Values that a tool, or a kind of shape, has for itself: choosing them changes no other tool. */
const OWN: Record<string, Partial<Style>> = {
  note: { color: "yellow", opacity: 1 },
  text: { align: "left" },
  highlighter: { color: "#ffd60a" }, // the palette's yellow is made to be read, and looks like mustard here
  frame: { color: "grey" },
  line: { start: "none", end: "none" },
};

/** What the next shapes of each tool look like. The style panel shows the same values. */
export class Styles {
  #shared = { ...DEFAULT, ...sound(recalled(KEY), DEFAULT) };
  #own = Object.fromEntries(
    Object.entries(OWN).map(([tool, values]) => [tool, { ...values, ...sound(recalled(`${KEY}:${tool}`), values) }]),
  );

  /** @param tool or the kind of a shape */
  of(tool: string): Style {
    return { ...this.#shared, ...this.#own[tool] };
  }

  set(tool: string, fields: Partial<Style>) {
    const own = Object.entries(fields).filter(([name]) => name in (this.#own[tool] ?? {}));
    const shared = Object.entries(fields).filter(([name]) => !(name in (this.#own[tool] ?? {})));
    if (own.length) store(`${KEY}:${tool}`, (this.#own[tool] = { ...this.#own[tool], ...Object.fromEntries(own) }));
    if (shared.length) store(KEY, (this.#shared = { ...this.#shared, ...Object.fromEntries(shared) }));
  }
}

/** @returns the fields that are of the same type there */
function sound(kept: any, like: object): object {
  return Object.fromEntries(
    Object.entries(like).flatMap(([name, value]) => (typeof kept?.[name] === typeof value ? [[name, kept[name]]] : [])),
  );
}

function recalled(key: string): unknown {
  const kept = stored(key);
  return kept?.pressure === true ? { ...kept, pressure: "always" } : kept; // as it was kept once; false was what everybody had
}
