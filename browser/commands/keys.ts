import type { Editor } from "../editor.ts";
import { onKey } from "../ground/keydown.ts";
import { isTyping } from "../ground/typing.ts";
import { obstacle, pressed } from "./list.ts";

/** What has keys of its own while it has the focus: buttons are pressed by Space and Enter, a toolbar or a slider is walked by arrows. */
const OWN = {
  Enter: "button, a, summary, input",
  " ": "button, a, summary, input",
  Arrow: "[role=toolbar], [role=group], fieldset, input",
};

/** The keyboard's commands. None is taken from a text field, a dialog or a menu. */
export function bindKeys(editor: Editor) {
  onKey(globalThis, (event) => {
    if (event.defaultPrevented || elsewhere(event)) return;
    if (editor.writing) return editor.writing.focus(); // a panel has the focus; what is typed is for the text
    if (editor.key(event) || press(event, editor)) event.preventDefault();
  });
  addEventListener("keyup", (event) => event.code === "Space" && editor.space(false));
  addEventListener("blur", () => editor.space(false));
}

/** @returns whether it is taken */
function press(event: KeyboardEvent, editor: Editor): boolean {
  if (event.key === "Escape") {
    editor.cancel();
    return true;
  }
  if (event.key === " " && !event.ctrlKey && !event.altKey && !event.metaKey) {
    editor.space(true);
    return true;
  }
  const command = pressed(event, editor);
  if (!command) {
    const why = obstacle(event, editor);
    if (why) editor.toast("info", why);
  }
  if (!command || command.native) return false;
  // A key that is held does again what can go on, such as undo, and not what it would take back.
  if (!event.repeat || !(command.checked || command.kind === "Tools")) command.run(editor, event);
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
