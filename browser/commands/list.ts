import { rank } from "../ground/keystroke.ts";
import type { Page } from "../page.ts";
import { held } from "../select/selected.ts";
import { align } from "./align.ts";
import { blame } from "./blame.ts";
import { clipboard } from "./clipboard.ts";
import type { Command } from "./command.ts";
import { edit } from "./edit.ts";
import { files } from "./files.ts";
import { find as finding } from "./find.ts";
import { flip } from "./flip.ts";
import { group } from "./group.ts";
import { help } from "./help.ts";
import { history } from "./history.ts";
import { nudge } from "./nudge.ts";
import { order } from "./order.ts";
import { pictures } from "./pictures.ts";
import { timer } from "./timer.ts";
import { tools } from "./tools.ts";
import { view } from "./view.ts";

export const commands: readonly Command[] = [
  ...tools,
  ...edit,
  ...clipboard,
  ...order,
  ...align,
  ...group,
  ...flip,
  ...nudge,
  ...pictures,
  ...view,
  ...finding,
  ...history,
  ...blame,
  ...timer,
  ...files,
  ...help,
];

const byId = new Map(commands.map((command) => [command.id, command]));

export function find(id: string) {
  return byId.get(id);
}

/** Whether it can be done now. */
export function available(command: Command, page: Page) {
  return (page.board.mayEdit || !command.writes) && (command.when?.(page) ?? true);
}

/**
 * The command that this press asks for. A character that is a command's does not fall back to what lies at the place of its key,
 * even while that command is not available.
 */
export function pressed(event: KeyboardEvent, page: Page) {
  return meant(event).find((command) => available(command, page));
}

/** The commands that have this press, surest of all. */
function meant(event: KeyboardEvent): Command[] {
  const ranks = commands.map(({ keys = [] }) => Math.max(0, ...keys.map((key) => rank(event, key))));
  const best = Math.max(...ranks);
  return best > 0 ? commands.filter((_, i) => ranks[i] === best) : [];
}

/** Why what this press asks for cannot be done, where people would wonder; else "". */
export function obstacle(event: KeyboardEvent, { board }: Page) {
  const found = meant(event);
  if (!board.mayEdit) return found.some(({ kind, writes }) => writes || kind === "Tools") ? board.onlyLooks() : "";
  return held(board) && found.some(({ writes }) => writes)
    ? "The owner of the board has locked this: nobody else can change it."
    : "";
}

/** Does it, if it can be done. */
export function runCommand(id: string, page: Page) {
  const command = byId.get(id);
  if (command && available(command, page)) command.run(page);
}
