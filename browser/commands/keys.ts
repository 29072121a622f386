import { onKey } from "../ground/keydown.ts";
import { isTyping } from "../ground/typing.ts";
import type { Page } from "../page.ts";
import { toast } from "../site/toast.ts";
import type { Tool } from "../types/tool.ts";
import { obstacle, pressed } from "./list.ts";

/** What has keys of its own while it has the focus: buttons are pressed by Space and Enter, a toolbar or a slider is walked by arrows. */
const OWN = {
  Enter: "button, a, summary, input",
  " ": "button, a, summary, input",
  Arrow: "[role=toolbar], [role=group], fieldset, input",
};

/** What keys may do with the gesture under way and the tool in hand. */
export interface Gestures {
  readonly tool: Tool;
  /** While the space bar is down every tool is the hand. */
  space(down: boolean): void;
  /** Lets go of the gesture, or of what the tool holds. @returns whether there was any */
  cancel(): boolean;
}

/** The keyboard's commands. None is taken from a text field, a dialog or a menu. */
export function bindKeys(page: Page, pointer: Gestures) {
  onKey(globalThis, (event) => {
    if (event.defaultPrevented || elsewhere(event)) return;
    if (page.writing) return page.writing.focus(); // a panel has the focus; what is typed is for the text
    if (pointer.tool.key?.(event) || press(event, page, pointer)) event.preventDefault();
  });
  addEventListener("keyup", (event) => event.code === "Space" && pointer.space(false));
  addEventListener("blur", () => pointer.space(false));
}

/** @returns whether it is taken */
function press(event: KeyboardEvent, page: Page, pointer: Gestures): boolean {
  if (event.key === "Escape") {
    // One thing at a time: the gesture, then what the tool holds, then the tool itself.
    if (!pointer.cancel() && page.board.mayEdit) page.hand.tool("select");
    return true;
  }
  if (event.key === " " && !event.ctrlKey && !event.altKey && !event.metaKey) {
    pointer.space(true);
    return true;
  }
  const command = pressed(event, page);
  if (!command) {
    const why = obstacle(event, page);
    if (why) toast("info", why);
  }
  if (!command || command.native) return false;
  // A key that is held does again what can go on, such as undo, and not what it would take back.
  if (!event.repeat || !(command.checked || command.kind === "Tools")) command.run(page, event);
  return true;
}

/** Whether the press belongs to what has the focus. */
function elsewhere({ key, target }: KeyboardEvent) {
  if (isTyping(target) || document.querySelector("dialog[open]")) return true;
  if (key === "Escape" && document.querySelector(":popover-open")) return true;
  if (!(target instanceof Element)) return false;
  const own = OWN[(key.startsWith("Arrow") ? "Arrow" : key) as keyof typeof OWN];
  return target.closest("[role=menu]") !== null || (own !== undefined && target.closest(own) !== null);
}
