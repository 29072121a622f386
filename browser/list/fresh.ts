// Cards that are in view show their boards as they are now, while the list stays open.
import { send } from "../site/auth.ts";
import { tellTimes } from "../site/page.ts";
import { cardOf, cards } from "./cards.ts";

const PAUSE = 20_000; // ms between two looks
const REST = 15_000; // ms: a little longer than the server waits for a drawing to come to rest
const MOST = 50; // boards of one look, as the server counts

const loaded = Date.now();

type Board = { id: string; updatedAt: number; editor: string | null };

setInterval(() => !document.hidden && void look(), PAUSE);
document.addEventListener("visibilitychange", () => !document.hidden && void look());

async function look() {
  const seen = cards().filter((card) => inView(card) && !card.matches(".trashed"));
  if (!seen.length) return;
  const asked = new URLSearchParams(seen.slice(0, MOST).map((card) => ["boards", card.dataset.board ?? ""]));
  const headers = { Accept: "application/json" };
  const answer = await send(`/boards/selected?${asked}`, { headers }).catch(() => null);
  if (!answer?.ok) return;
  for (const board of ((await answer.json()) as { boards: Board[] }).boards) show(board);
  tellTimes();
}

function inView(card: Element) {
  const { top, bottom } = card.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function show({ id, updatedAt, editor }: Board) {
  const card = cardOf(id);
  const time = card?.querySelector("time[data-time]") as HTMLElement | null;
  if (!card || !time) return;
  if (time.dataset.time !== String(updatedAt)) {
    time.dataset.time = String(updatedAt);
    (time.parentElement as HTMLElement).replaceChildren(time, editor ? ` by ${editor}` : "");
  }
  // While people draw, the server may answer with a picture of some seconds before: the last one has an address of its own.
  const drawing = Date.now() - updatedAt < REST;
  const at = String(drawing || updatedAt < loaded - REST ? updatedAt : updatedAt + 1);
  for (const image of card.querySelectorAll<HTMLImageElement>("img.thumbnail")) {
    const address = new URL(image.src);
    if (address.searchParams.get("at") === at) continue;
    address.searchParams.set("at", at);
    image.src = address.href; // the old one stays until the new one is there
  }
}
