// Several boards at once: how many are selected, and ranges with Shift.
import { boxOf, cards } from "./cards.ts";

const form = document.getElementById("selection") as HTMLFormElement | null;

/** The card that was selected last, where a range begins. */
let anchor: Element | null = null;

/** Says how many are selected. */
export function tellSelected() {
  const output = form?.querySelector("output");
  const count = cards().filter((card) => boxOf(card).checked).length;
  if (output) output.textContent = count ? `${count} selected` : "";
}

/** Selects a card, or all from the last one to this. */
export function select(card: Element, range: boolean, on: boolean = !boxOf(card).checked) {
  const all = cards();
  const [from, to] = [anchor ? all.indexOf(anchor as HTMLElement) : -1, all.indexOf(card as HTMLElement)];
  const picked = range && from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [card];
  for (const one of picked) boxOf(one).checked = on;
  anchor = card;
  tellSelected();
}

export function selectNone() {
  form?.reset();
}

document.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const card = target.closest("#boards > .card");
  if (card && target.matches(".pick input")) select(card, event.shiftKey, (target as HTMLInputElement).checked);
  else if (card && event.shiftKey && target.closest(".sheet")) {
    event.preventDefault(); // a new window
    select(card, true, true);
  }
});

form?.addEventListener("reset", () => {
  anchor = null;
  setTimeout(tellSelected);
});
tellSelected(); // what a browser keeps of a page that it comes back to
