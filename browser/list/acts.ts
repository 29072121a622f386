// What is done to boards of the list, to one or several: requests of htmx, whose answers the cards show.
import htmx from "htmx.org";
import { element } from "../ground/element.ts";
import { toast } from "../site/toast.ts";
import { boxOf, cardOf, cards, handleOf, named } from "./cards.ts";
import { tellSelected } from "./selection.ts";

const PATH = "/boards/selected";

/** The most boards of one request, as the server counts. */
const MOST = 50;

type Answer = { action: string; done: string[]; refused: { id: string; message: string }[] };

const DONE: Record<string, string> = {
  trash: "in the trash",
  restore: "back in your list",
  delete: "deleted for good",
  leave: "off your list",
};

/** Asks for this; the answer comes to the listener below. */
export function act(action: string, boards: string[]) {
  for (let first = 0; first < boards.length; first += MOST) {
    const form = element("form");
    form.hidden = true;
    form.append(...boards.slice(first, first + MOST).map((board) => field("boards", board)), field("action", action));
    document.body.append(form);
    void htmx.ajax("POST", PATH, { source: form, swap: "none" }).finally(() => form.remove());
  }
}

function field(name: string, value: string) {
  const input = element("input");
  input.type = "hidden";
  Object.assign(input, { name, value });
  return input;
}

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  if (!ctx.request?.action?.endsWith(PATH) || !(ctx.response?.status < 400)) return;
  const { action, done, refused } = JSON.parse(ctx.text) as Answer;
  if (action === "star" || action === "unstar") showStars(done, action === "star");
  else if (done.length) takeAway(action, done);
  for (const message of new Set(refused.map(({ message }) => message))) toast("error", message);
});

function showStars(boards: string[], starred: boolean) {
  for (const board of boards) {
    const form = cardOf(board)?.querySelector(".star");
    form?.querySelector("button")?.setAttribute("aria-pressed", String(starred));
    form?.querySelector("[name=action]")?.setAttribute("value", starred ? "unstar" : "star");
  }
}

function takeAway(action: string, boards: string[]) {
  const what = action === "trash" && !hasTrash() ? DONE.delete : DONE[action];
  const text = `${named(boards)} ${boards.length === 1 ? "is" : "are"} ${what}.`;
  const all = cards();
  const gone = all.filter((card) => boards.includes(card.dataset.board ?? ""));
  const after = all.slice(all.indexOf(gone[gone.length - 1]) + 1).find((card) => !gone.includes(card));
  const focused =
    gone.some((card) => card.contains(document.activeElement)) || document.activeElement === document.body;
  for (const card of gone) card.remove();
  const next = after ?? cards().at(-1);
  if (focused && next) handleOf(next)?.focus();
  tellSelected();
  if (action === "trash" && hasTrash()) toast("info", text, { text: "Undo", run: () => act("restore", boards) });
  else toast("info", text);
  if (action === "restore" && !gone.length) void showAgain();
}

/** Where there is none, deleting a board asks first. */
function hasTrash() {
  return document.querySelector("#selection [value=trash][hx-confirm]") === null;
}

/** Moves the chosen boards to the trash. */
export function trash(card: Element) {
  if (hasTrash()) return act("trash", chosen(card));
  if (!cards().some((one) => boxOf(one).checked)) boxOf(card).checked = true;
  tellSelected();
  (document.querySelector("#selection [value=trash]") as HTMLElement).click();
}

/** The list as it is now: something that is not on the page came back. */
async function showAgain() {
  const address = location.pathname + location.search;
  await htmx.ajax("GET", address, { target: "#results", select: "#results", swap: "outerHTML" });
  tellSelected();
}

/** The boards that are selected; none: that of this card alone. */
function chosen(card: Element): string[] {
  const picked = cards().filter((one) => boxOf(one).checked);
  return (picked.length ? picked : [card as HTMLElement]).map((one) => one.dataset.board ?? "");
}
