/** What shapes/kinds.json declares, which the server and the deployment read too. */
import declared from "../../shapes/kinds.json" with { type: "json" };
import type { FigureKind, ToolName } from "../../shapes/types.ts";
import type { Shape } from "../types/shape.ts";

export const { choices, common, limits, palette, switches, texts } = declared;
export const numbers: Record<string, { least: number; most: number }> = declared.numbers;

/** What is said of a kind. */
export interface Declared {
  fields: Record<string, unknown>;
  /** Characters, by field. */
  most?: Record<string, number>;
  /** Fields that say nothing in this kind. */
  idle?: string[];
  /** Arrows bind to it. */
  binds?: boolean;
}

/** What is said of a closed figure. `outline` is a path in the unit box, "rect" or "ellipse". */
interface DeclaredFigure {
  title: string;
  outline: string;
  /** Lines on its body, which are no part of the outline. */
  details?: string;
  /** Where its label stands, as left, top, right, bottom in the unit box. */
  label: number[];
  /** What a click makes, in px. */
  size?: number[];
  radius?: number;
  idle?: string[];
}

export const figures: Record<FigureKind, DeclaredFigure> = declared.figures;
export const shared: Declared & { style: string[] } = declared.figure;

const closed = Object.entries(figures).map(([kind, { radius = 0, idle }]) => [
  kind,
  { idle, binds: true, fields: { ...shared.fields, radius } },
]);
export const kinds: Record<Shape["kind"], Declared> = { ...declared.kinds, ...Object.fromEntries(closed) };

export function isFigure(kind: string): kind is FigureKind {
  return kind in figures;
}

/** What is said of a tool: its keys, where its button is, and which fields of style its next shape takes. */
interface DeclaredTool {
  title: string;
  keys: string[];
  style: string[];
}

const said: Partial<Record<string, Partial<DeclaredTool>>> = declared.tools;

/** Every tool in the order of the bar; those of the figures that have no button there are last. */
export const toolNames = [...new Set([...Object.keys(said), ...Object.keys(figures)])] as ToolName[];

export function toolOf(name: ToolName): DeclaredTool {
  const { title = "", idle = [] } = isFigure(name) ? figures[name] : {};
  const style = isFigure(name) ? shared.style.filter((field) => !idle.includes(field)) : [];
  return { title, style, keys: [], ...said[name] };
}

/** The figures that have no button of their own. */
export const moreFigures = (Object.keys(figures) as FigureKind[]).filter((kind) => !(kind in said));
