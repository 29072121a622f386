// A press that closes something does nothing else: no dot on the board, no other button.

/** Whose press has closed something; it is used up until the next one. */
let spent: number | null = null;

/** Whether the browser showed a picker of its own in the last frame, such as that of a colour: it closes it before the press arrives. */
let picking = false;

/** The press does nothing else: it has closed something. */
export function spend(event: PointerEvent) {
  spent = event.pointerId;
  event.preventDefault(); // it takes no focus, and no slider moves
}

export function isSpent({ pointerId }: PointerEvent) {
  return spent === pointerId;
}

addEventListener(
  "pointerdown",
  (event) => {
    spent = null;
    const { target, button, pointerType } = event;
    const closing = ([...document.querySelectorAll(":popover-open")] as HTMLElement[]).filter(
      (popover) => !belongs(target, popover),
    );
    for (const popover of closing) popover.hidePopover();
    // A right press elsewhere asks for the menu there.
    const moves = button === 2 && pointerType === "mouse" && closing.every(({ id }) => id === "context");
    if ((closing.length && !moves) || picking) spend(event);
    picking = false;
  },
  true,
);

// Whatever the browser makes of a press that is used up. The click of a key has no detail.
addEventListener(
  "click",
  (event) => {
    if (spent === null || !event.detail) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

/** Whether a press there leaves the popover open, or is its own button's. */
function belongs(target: EventTarget | null, popover: HTMLElement) {
  return (
    target instanceof Element &&
    (popover.contains(target) || target.closest(`[popovertarget="${popover.id}"]`) !== null)
  );
}

addEventListener(
  "click",
  ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement)
      requestAnimationFrame(() => watch(target));
  },
  true,
);

function watch(field: HTMLInputElement | HTMLSelectElement) {
  try {
    picking = field.matches(":open");
  } catch {
    return; // a browser that cannot say so
  }
  if (picking) requestAnimationFrame(() => watch(field));
}
