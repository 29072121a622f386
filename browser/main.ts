// The page of a board: makes the parts, each from those above it.
// htmx comes first: the swap styles must be known before it opens the stream, which it does one turn later.
import htmx from "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import { BlamePanel } from "./blame/panel.ts";
import { Seen } from "./blame/seen.ts";
import { Since } from "./blame/since.ts";
import { find } from "./ground/find.ts";
import type { Role } from "./ground/role.ts";
import { Panel } from "./history/panel.ts";
import { Replay } from "./history/replay.ts";
import { opener } from "./images/opening.ts";
import { Pictures } from "./images/pictures.ts";
import { bindTaking } from "./images/taking.ts";
import { Kept } from "./kept/kept.ts";
import { Refused } from "./kept/refused.ts";
import { asShown } from "./kept/waiting.ts";
import { source } from "./kinds/image.ts";
import { Page } from "./page.ts";
import { dress } from "./panels/chrome.ts";
import { Clearing } from "./panels/clearing.ts";
import { ContextMenu } from "./panels/context-menu.ts";
import { Everything } from "./panels/everything.ts";
import { Others } from "./panels/others.ts";
import { Timer } from "./panels/timer.ts";
import { replay, seenEarly } from "./pointer/early.ts";
import { bindPenMode } from "./pointer/pen-mode.ts";
import { Pointer } from "./pointer/pointer.ts";
import { Presence } from "./presence/presence.ts";
import { BroughtBack } from "./select/brought-back.ts";
import { openSheet } from "./sheet.ts";
import { refresh } from "./site/auth.ts";
import { onSignOfLife } from "./site/opened.ts";
import { toast, unsay } from "./site/toast.ts";
import { Cells } from "./sync/cells.ts";
import { OwnChanges } from "./sync/own-changes.ts";
import { Status } from "./sync/status.ts";
import { Stream } from "./sync/stream.ts";
import { Swap } from "./sync/swap.ts";
import { links } from "./sync/trouble.ts";
import { Version } from "./sync/version.ts";
import { Windows } from "./sync/windows.ts";
import { createTools } from "./tools/index.ts";
import type { Shape } from "./types/shape.ts";
import { unfit } from "./view/unfit.ts";
import { Editing } from "./writing/editing.ts";

const data = document.body.dataset;
const id = data.board ?? "";
const url = `/boards/${id}`;
const { moment } = data; // the ts of a board as it was: nothing is sent, and what waits for the board as it is stays away
const keptAs = moment ? `${id}@${moment}` : id;
const person = data.person ?? "anonymous";
const name = data.name ?? "";
const large = "large" in data;
source.images = `${url}/images/`;

const canvas = find("#canvas", HTMLElement);
const surface = find("#canvas > #surface", HTMLElement);
const svg = find("#board", SVGSVGElement);
const group = find("#shapes", SVGGElement);
const early = seenEarly(svg);
const content = unfit(svg);

// The board and the hand; what is sent, and what this browser keeps.

const refused = new Refused(keptAs);
const setAside = (why: string, shapes: Shape[]) => refused.add(why, shapes, name);
const { pending, scene, drafts, board, hand } = openSheet(data, content, setAside);
const { shapes, camera } = board;
const status = new Status(find("#status", HTMLElement));
const changes = new OwnChanges({
  url,
  key: `easel:outbox:${keptAs}:${person}`,
  drafts,
  status,
  buttons: { undo: find("#undo", HTMLButtonElement), redo: find("#redo", HTMLButtonElement) },
  aside: (entry, why) => setAside(why, asShown(entry, shapes.find)),
});
const { outbox } = changes;
const everything = large ? new Everything(board, url, find("#everything", HTMLDialogElement)) : null;
new Clearing(board, url, find("#clear", HTMLDialogElement), Boolean(large));
const writer = new Editing(board, hand, find("#canvas > #writing", HTMLElement), surface);
const pictures = new Pictures(
  { board, hand, drafts },
  { url, owner: `${keptAs}:${person}`, group, over: find("#canvas > #over", HTMLElement) },
  { waiting: (count) => status.sending(count), added: (operationId, ts) => changes.added(operationId, ts) },
);
board.onCommit((change) => changes.commit(pictures.hold(change)));
const kept = new Kept({ board, hand, drafts }, { outbox, pictures, refused }, { id: keptAs, person, name });
addEventListener("beforeunload", (event) => {
  if ((outbox.entries.length && !outbox.durable) || !kept.durable) event.preventDefault();
});

// The page: tools, pointer, panels.

const page = new Page({
  board,
  hand,
  pictures,
  open: opener(url, (changeId, ts) => changes.added(changeId, ts)),
  everything,
  writer,
  revert: (action) => hand.busy || changes.history.revert(action),
});
const seen = () => drafts.seen;
const broughtBack = new BroughtBack(board, hand, { seen, writing: () => page.writing !== null });
changes.history.asks.add(() => broughtBack.asked());
outbox.answers.add((entry, answer) => broughtBack.answered(entry, answer));
const menu = new ContextMenu(find("#context", HTMLElement), page);
const pointer = new Pointer(canvas, surface, page, createTools(page), (place) => menu.openAt(place));
dress(page, pointer, url, () => changes.history.changed());
const past = document.getElementById("history");
const close = () => void [writer.close(), pointer.cancel()];
const replayed = past && new Replay(find("#replay", HTMLElement), page, url, { close });
if (replayed) new Panel(past, page, replayed);
bindTaking(page);
const authors = document.getElementById("authors");
if (authors && "moment" in data)
  authors.remove(); // it would tell of the board as it is now
else if (authors) new BlamePanel(authors, page, { url, me: data.person, seen });
const since = document.getElementById("since");
if (since && !("moment" in data)) {
  new Since(since, page, { url, layer: find(".overlay > .since", SVGGElement) });
  new Seen(url, seen);
}
bindPenMode(find("#pen-mode", HTMLButtonElement));

// Other people, and the stream that brings what they do.

const presence = new Presence({ board, hand, drafts }, { url, me: data.person, surface });
const others = new Others(shapes, pending);
const windows = new Windows(keptAs, seen);
const cells = large
  ? new Cells({ url, scene, camera, far: find("#far", SVGGElement), budget: Number(data.large), seen })
  : null;
const swap = new Swap(scene, drafts, group, {
  coming: (message) => others.hear(message),
  came: (ids, changed) => {
    presence.settle(ids);
    windows.changed();
    cells?.received(ids, changed);
  },
});
const time = document.getElementById("timer"); // not on a page that shows an earlier moment, or that another site frames
const timer = time && new Timer(time, find("#start-timer", HTMLDialogElement), url);
const version = new Version(() => data.version ?? "", {
  busy: () =>
    outbox.entries.length + pictures.waiting > 0 ||
    hand.busy ||
    kept.unfinished ||
    document.querySelector("dialog[open], :popover-open") !== null,
  away: () => outbox.trouble !== null || !status.live,
});
const become = (role: Role) => {
  const could = board.mayEdit;
  data.role = role;
  if (could && !board.mayEdit) kept.letGo(() => [writer.close(), pointer.cancel()]);
  hand.tool(hand.mayUse(hand.toolName) ? hand.toolName : "hand"); // each stream begins with the role: the tool that was taken meanwhile stays
  kept.show();
  if (board.mayEdit) outbox.flush();
};
const stream = new Stream(
  find("#stream", HTMLElement),
  { url, windows, seen, cells: large, process: (element) => htmx.process(element), renew: refresh },
  {
    connection: (connection) => {
      status.connection(connection);
      presence.connection(connection === "live" || connection === "stale");
      if (connection === "live") data.ready = "true";
    },
    role: become,
    putBack: () => {
      swap.anew = true;
      toast("error", "This board was restored to an earlier state. What was drawn since then is gone.");
      outbox.flush();
    },
    version: (announced) => version.announced(announced),
    presence: (frame) => presence.take(frame),
    timer: (told) => timer?.told(told),
    closed: (why, refusal) => {
      if (refusal === 403 || refusal === 404) become("viewer");
      toast("error", why, refusal === 401 ? links(url)["Sign in"] : { href: "/boards", text: "All boards" });
    },
    returned: unsay,
  },
);
addEventListener("online", () => outbox.flush());
addEventListener("offline", () => status.connection("lost"));
onSignOfLife(() => {
  stream.resume();
  if (["signed-out", "somebody-else", "view-only", "gone"].includes(outbox.trouble ?? "")) outbox.flush();
});

// The start.

Object.assign(htmx.config, { sse: { reconnectMaxDelay: 8_000, connectTimeout: 10_000 } });
swap.register(htmx);
camera.start(content, early);
hand.tool(board.mayEdit ? "pen" : "hand");
changes.start();
if (moment) data.ready = "true";
replay(canvas, surface, () => status.loaded());
