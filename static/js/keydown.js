// @ts-check
/** Of a key that an input method takes: the one that ends a composition has it alone, in Safari. */
const PROCESSED = 229;

/** Whether a key press belongs to an input method: Enter picks a conversion then, and Escape drops one. @param {KeyboardEvent} event */
export function composes({ isComposing, keyCode }) {
  return isComposing || keyCode === PROCESSED;
}

/**
 * Listens to keys that are pressed, but for those of an input method. All key handlers of all pages are bound by this.
 * @param {EventTarget} target @param {(event: KeyboardEvent) => void} handler @param {boolean} [capture]
 */
export function onKey(target, handler, capture = false) {
  target.addEventListener("keydown", (event) => composes(/** @type {KeyboardEvent} */ (event)) || handler(/** @type {KeyboardEvent} */ (event)), capture);
}
