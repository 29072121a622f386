/** What shapes/kinds.json declares, which the web process and the page read too. */
import declared from "../../shapes/kinds.json" with { type: "json" };
import type { Kind } from "../../shapes/types.ts";

export const { limits, palette, texts } = declared;
export const numbers: Record<string, { least: number; most: number }> = declared.numbers;
export const { choices } = declared;

/** The fields of each kind with their defaults, and what is special about it. */
export type Declared = {
  fields: Record<string, unknown>;
  most?: Record<string, number>;
  later?: string[];
};
const { figure } = declared;
const figures = Object.fromEntries(Object.keys(declared.figures).map((kind) => [kind, figure]));
export const declaredKinds = { ...declared.kinds, ...figures } as unknown as Record<Kind, Declared>;
export const common: Record<string, unknown> = declared.common;
