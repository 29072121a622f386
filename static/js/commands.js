// @ts-check
import { align } from "./commands/align.js";
import { clipboard } from "./commands/clipboard.js";
import { edit } from "./commands/edit.js";
import { flip } from "./commands/flip.js";
import { group } from "./commands/group.js";
import { help } from "./commands/help.js";
import { nudge } from "./commands/nudge.js";
import { order } from "./commands/order.js";
import { pictures } from "./commands/pictures.js";
import { held } from "./commands/selected.js";
import { tools } from "./commands/tools.js";
import { view } from "./commands/view.js";
import { rank } from "./keystroke.js";

/** @import { Editor } from "./editor.js" */

/**
 * What a person can ask for: by key, from a menu, from the palette, or by a button with `data-command`.
 * @typedef {object} Command
 * @property {string} id
 * @property {string} title
 * @property {string} kind the heading that it stands under in the sheet of keys; "" is not in it
 * @property {string[]} [keys] such as "Ctrl+Shift+]"; the first is the one that a menu shows
 * @property {boolean} [writes] it changes the board: not for who may only look
 * @property {boolean} [native] the browser makes its copy, cut or paste event of the keys: let it
 * @property {boolean} [quiet] too small a thing for the palette
 * @property {(editor: Editor) => boolean} [when] whether there is something to do it to
 * @property {(editor: Editor) => boolean} [checked] for what is on or off
 * @property {(editor: Editor, event?: KeyboardEvent) => void} run
 */

/** @type {readonly Command[]} */
export const commands = [...tools, ...edit, ...clipboard, ...order, ...align, ...group, ...flip, ...nudge, ...pictures, ...view, ...help];

const byId = new Map(commands.map((command) => [command.id, command]));

/** @param {string} id */
export function find(id) {
  return byId.get(id);
}

/** Whether it can be done now. @param {Command} command @param {Editor} editor */
export function available(command, editor) {
  return (editor.mayEdit || !command.writes) && (command.when?.(editor) ?? true);
}

/**
 * The command that this press asks for. A character that is a command's does not fall back to what lies at the place of its key,
 * even while that command is not available.
 * @param {KeyboardEvent} event @param {Editor} editor
 */
export function pressed(event, editor) {
  return meant(event).find((command) => available(command, editor));
}

/** The commands that have this press, surest of all. @param {KeyboardEvent} event @returns {Command[]} */
function meant(event) {
  const ranks = commands.map(({ keys = [] }) => Math.max(0, ...keys.map((key) => rank(event, key))));
  const best = Math.max(...ranks);
  return best > 0 ? commands.filter((_, i) => ranks[i] === best) : [];
}

/** Why what this press asks for cannot be done, where people would wonder; else "". @param {KeyboardEvent} event @param {Editor} editor */
export function obstacle(event, editor) {
  const found = meant(event);
  if (!editor.mayEdit) return found.some(({ kind, writes }) => writes || kind === "Tools") ? editor.onlyLooks() : "";
  return held(editor) && found.some(({ writes }) => writes) ? "The owner of the board has locked this: nobody else can change it." : "";
}

/** Does it, if it can be done. @param {string} id @param {Editor} editor */
export function run(id, editor) {
  const command = byId.get(id);
  if (command && available(command, editor)) command.run(editor);
}
