/** Tools that change nothing: whoever may only look has these. */
const HARMLESS = ["select", "hand", "laser"];

/** Whether a tool changes the board. */
export function writes(tool: string) {
  return !HARMLESS.includes(tool);
}
