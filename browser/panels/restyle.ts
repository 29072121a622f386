import { has } from "../kinds/defaults.ts";
import { fitted } from "../kinds/fitting.ts";
import type { Page } from "../page.ts";
import type { Patch } from "../types/shape.ts";
import type { Style } from "../types/style.ts";

/** For new shapes and, as one change, for what is being written or is selected: each takes the fields that its kind has. */
export function restyle({ board, hand, writing }: Page, style: Partial<Style>) {
  const { selection, shapes } = board;
  const kinds = new Set(
    writing?.shape ? [writing.shape.kind] : [...selection.ids].flatMap((id) => shapes.get(id)?.kind ?? []),
  );
  hand.setStyle(style, kinds.size === 1 ? [...kinds][0] : undefined);
  if (writing) return writing.restyle(style);
  const patch: Record<string, Patch> = {};
  for (const id of selection.ids) {
    const shape = shapes.get(id);
    if (!shape || shape.locked) continue;
    const fields = Object.entries(style).filter(([name]) => has(shape.kind, name));
    if (fields.length) patch[id] = fitted(shape, Object.fromEntries(fields) as Patch);
  }
  board.commit({ patch });
}
