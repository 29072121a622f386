/** Tools that change nothing: viewers have these. */
const HARMLESS = ["select", "hand", "laser"];

/** Whether a tool changes the board. */
export function writes(tool: string) {
  return !HARMLESS.includes(tool);
}
