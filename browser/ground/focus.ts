/** The keys are the board's again. */
export function focusBoard() {
  document.getElementById("canvas")?.focus({ preventScroll: true });
}
