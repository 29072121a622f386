// The list by keyboard: arrows go from card to card, Space selects, Enter opens, Delete moves to the trash.
import { onKey } from "../ground/keydown.ts";
import { trash } from "./acts.ts";
import { boxOf, cards, handleOf } from "./cards.ts";
import { select, selectNone } from "./selection.ts";

const TOUCHING = 4; // px by which cards of one row may differ

type Side = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

onKey(document, (event) => {
  const target = event.target as Element;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog[open], :popover-open")) return;
  const card = target.closest(".card");
  if (!card || target !== handleOf(card)) {
    if (event.key === "Escape" && cards().some((one) => boxOf(one).checked) && !target.closest("input")) selectNone();
    return;
  }
  if (event.key.startsWith("Arrow")) {
    const next = neighbour(card, event.key as Side);
    if (next && event.shiftKey) select(next, true, true);
    handleOf(next ?? card)?.focus();
  } else if (event.key === " ") select(card, event.shiftKey);
  else if (event.key === "Delete" && !card.matches(".trashed")) trash(card);
  else if (event.key === "Escape") return selectNone();
  else return;
  event.preventDefault();
});

/** The next card in this direction: on the sides in the order of the list, above and below the nearest. */
function neighbour(card: Element, side: Side): HTMLElement | undefined {
  const all = cards();
  const here = all.indexOf(card as HTMLElement);
  if (side === "ArrowLeft") return all[here - 1];
  if (side === "ArrowRight") return all[here + 1];
  const { left, top } = card.getBoundingClientRect();
  const down = side === "ArrowDown";
  const there = (down ? all.slice(here + 1) : all.slice(0, Math.max(here, 0)).reverse()).map((one) => {
    return { one, box: one.getBoundingClientRect() };
  });
  const other = there.find(({ box }) => Math.abs(box.top - top) > TOUCHING);
  const row = there.filter(({ box }) => other && Math.abs(box.top - other.box.top) <= TOUCHING);
  return row.sort((a, b) => Math.abs(a.box.left - left) - Math.abs(b.box.left - left))[0]?.one;
}
