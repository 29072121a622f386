// @ts-check
// Menus as a keyboard knows them: arrows, Home and End, first letters, Esc and Tab. Every element with role="menu" is one.
import { onKey } from "./keydown.js";

/** @param {Element} menu @returns {HTMLElement[]} */
function itemsOf(menu) {
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role^=menuitem]")]);
  return items.filter((item) => !item.matches(":disabled") && item.checkVisibility());
}

/** Who had the focus before the menu opened. @type {Element | null} */
let before = null;

/** A hidden item would keep the focus until the next frame, and take the next key. @param {HTMLElement} menu */
function close(menu) {
  if (!menu.matches(":popover-open")) return;
  menu.hidePopover();
  giveBack(menu);
}

/** @param {Element} menu */
function giveBack(menu) {
  const lost = document.activeElement === document.body || menu.contains(document.activeElement);
  if (lost && before instanceof HTMLElement) before.focus({ preventScroll: true });
}

onKey(document, (event) => {
  const target = /** @type {Element} */ (event.target);
  const menu = /** @type {HTMLElement | null} */ (target.closest?.("[role=menu]"));
  if (!menu) return;
  if (event.key === "Escape" || event.key === "Tab") {
    close(menu);
    event.preventDefault();
    return;
  }
  const items = itemsOf(menu);
  const next = neighbour(event.key, items, items.indexOf(/** @type {HTMLElement} */ (target)));
  if (!next) return;
  event.preventDefault();
  next.focus();
});

/** @param {string} key @param {HTMLElement[]} items @param {number} here */
function neighbour(key, items, here) {
  if (key === "ArrowDown" || key === "ArrowRight") return items[(here + 1) % items.length];
  if (key === "ArrowUp" || key === "ArrowLeft") return items.at(here <= 0 ? -1 : here - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length > 1 || key === " ") return undefined;
  const after = [...items.slice(here + 1), ...items.slice(0, here + 1)];
  return after.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

// An open menu has the focus; whoever had it before gets it back.
document.addEventListener("beforetoggle", (event) => {
  const menu = /** @type {Element} */ (event.target);
  if (menu.matches("[role=menu]") && /** @type {ToggleEvent} */ (event).newState === "open") before = document.activeElement;
}, true);
document.addEventListener("toggle", (event) => {
  const menu = /** @type {HTMLElement} */ (event.target);
  if (!menu.matches("[role=menu]")) return;
  if (menu.matches(":popover-open")) itemsOf(menu)[0]?.focus({ preventScroll: true });
  else giveBack(menu);
}, true);

// Who has chosen is done; a choice among several is made with the menu in view.
document.addEventListener("click", (event) => {
  const item = /** @type {Element} */ (event.target).closest("[role=menuitem]");
  const menu = /** @type {HTMLElement | null} */ (item?.closest("[role=menu]"));
  if (menu) close(menu);
});
