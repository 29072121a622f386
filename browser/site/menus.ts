// Menus as a keyboard knows them: arrows, Home and End, first letters, Esc and Tab. Every element with role="menu" is one.
import { onKey } from "../ground/keydown.ts";

function itemsOf(menu: Element): HTMLElement[] {
  const items = [...menu.querySelectorAll("[role^=menuitem]")] as HTMLElement[];
  return items.filter((item) => !item.matches(":disabled") && item.checkVisibility());
}

/** Who had the focus before the menu opened. */
let before: Element | null = null;

/** A hidden item would keep the focus until the next frame, and take the next key. */
function close(menu: HTMLElement) {
  if (!menu.matches(":popover-open")) return;
  menu.hidePopover();
  giveBack(menu);
}

function giveBack(menu: Element) {
  const lost = document.activeElement === document.body || menu.contains(document.activeElement);
  if (lost && before instanceof HTMLElement) before.focus({ preventScroll: true });
}

onKey(document, (event) => {
  const target = event.target as Element;
  const menu = target.closest?.("[role=menu]") as HTMLElement | null;
  if (!menu) return;
  if (event.key === "Escape" || event.key === "Tab") {
    close(menu);
    event.preventDefault();
    return;
  }
  if (target instanceof HTMLElement && target.matches("summary") && /^Arrow(Left|Right)$/.test(event.key)) {
    (target.parentElement as HTMLDetailsElement).open = event.key === "ArrowRight";
    event.preventDefault();
    return;
  }
  const items = itemsOf(menu);
  const next = neighbour(event.key, items, items.indexOf(target as HTMLElement));
  if (!next) return;
  event.preventDefault();
  next.focus();
});

function neighbour(key: string, items: HTMLElement[], here: number) {
  if (key === "ArrowDown" || key === "ArrowRight") return items[(here + 1) % items.length];
  if (key === "ArrowUp" || key === "ArrowLeft") return items.at(here <= 0 ? -1 : here - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length > 1 || key === " ") return undefined;
  const after = [...items.slice(here + 1), ...items.slice(0, here + 1)];
  return after.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

// An open menu has the focus; whoever had it before gets it back.
document.addEventListener(
  "beforetoggle",
  (event) => {
    const menu = event.target as Element;
    if (menu.matches("[role=menu]") && (event as ToggleEvent).newState === "open") before = document.activeElement;
  },
  true,
);
document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target as HTMLElement;
    if (menu.matches("[role=menu] details[open]")) menu.scrollIntoView({ block: "nearest" });
    if (!menu.matches("[role=menu]")) return;
    if (menu.matches(":popover-open")) itemsOf(menu)[0]?.focus({ preventScroll: true });
    else giveBack(menu);
  },
  true,
);

// Who has chosen is done; a choice among several is made with the menu in view.
document.addEventListener("click", (event) => {
  const item = (event.target as Element).closest("[role=menuitem]:not(summary)");
  const menu = item?.closest("[role=menu]") as HTMLElement | null;
  if (menu) close(menu);
});
