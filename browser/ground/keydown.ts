/** Of a key that an input method takes: the one that ends a composition has it alone, in Safari. */
const PROCESSED = 229;

/** Whether a key press belongs to an input method: Enter picks a conversion then, and Escape drops one. */
function composes({ isComposing, keyCode }: KeyboardEvent) {
  return isComposing || keyCode === PROCESSED;
}

/** Listens to key presses, except those of an input method. All key handlers of all pages are bound by this. */
export function onKey(target: EventTarget, handler: (event: KeyboardEvent) => void, capture: boolean = false) {
  target.addEventListener(
    "keydown",
    (event) => composes(event as KeyboardEvent) || handler(event as KeyboardEvent),
    capture,
  );
}
