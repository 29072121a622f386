// htmx comes first: the swap styles must be known before it opens the stream, which it does one turn later.
import htmx from "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import { Editor } from "./editor.ts";
import { Pictures } from "./images/pictures.ts";
import { Kept } from "./kept/kept.ts";
import { complete } from "./kinds/defaults.ts";
import { source } from "./kinds/image.ts";
import { ENDS_HERE } from "./kinds/world.ts";
import { dress } from "./panels/chrome.ts";
import { Everything } from "./panels/everything.ts";
import { Others } from "./panels/others.ts";
import { replay, seenEarly } from "./pointer/early.ts";
import { bindPenMode } from "./pointer/pen-mode.ts";
import { Pointer } from "./pointer/pointer.ts";
import { Presence } from "./presence/presence.ts";
import { Drafts } from "./scene/drafts.ts";
import { Lift } from "./scene/lift.ts";
import { Pending } from "./scene/pending.ts";
import { Scene } from "./scene/scene.ts";
import { Selection } from "./scene/selection.ts";
import { Shapes } from "./scene/shapes.ts";
import { refresh, send } from "./site/auth.ts";
import { onSignOfLife } from "./site/opened.ts";
import { toast, unsay } from "./site/toast.ts";
import { Cells } from "./sync/cells.ts";
import { History, undone } from "./sync/history.ts";
import { Outbox } from "./sync/outbox.ts";
import { Status } from "./sync/status.ts";
import { Stream } from "./sync/stream.ts";
import { Swap } from "./sync/swap.ts";
import { links, teller } from "./sync/trouble.ts";
import { Version } from "./sync/version.ts";
import { Windows } from "./sync/windows.ts";
import { createTools } from "./tools/index.ts";
import { Camera } from "./view/camera.ts";
import { clearing } from "./view/clearing.ts";
import { thicken } from "./view/hairline.ts";
import { Overlay } from "./view/overlay.ts";
import { Paper } from "./view/paper.ts";
import { Editing } from "./writing/editing.ts";

/** A shape may have any id too: what comes behind the shapes is found as a child of the canvas. */
function find<E extends Element>(selector: string, type: new () => E): E {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
}

const page = document.body.dataset;
const url = `/boards/${page.board}`;
const canvas = find("#canvas", HTMLElement);
const board = find("#board", SVGSVGElement);
const group = find("#shapes", SVGGElement);
source.images = `${url}/images/`;

// The pieces.

const fitted = board.viewBox.baseVal;
/** That the server leaves around the drawing, in px. */
const ROOM = 32;
const content = board.hasAttribute("viewBox")
  ? {
      left: fitted.x + ROOM,
      top: fitted.y + ROOM,
      right: fitted.x + fitted.width - ROOM,
      bottom: fitted.y + fitted.height - ROOM,
    }
  : null;
const seen = seenEarly(board);
for (const name of ["viewBox", "style"]) board.removeAttribute(name);

const status = new Status(find("#status", HTMLElement));
const pending = new Pending();
const scene = new Scene(group, pending);
const shapes = new Shapes(scene);
const drafts = new Drafts(find(".drafts", SVGGElement), scene, pending);
const swap = new Swap(scene, drafts, group, page.ts ?? "0");
const large = "large" in page;
const windows = new Windows(page.board ?? "", () => swap.ts);
const stream = new Stream(find("#stream", HTMLElement), url, () => swap.ts, windows, large);
const person = page.person ?? "anonymous";
const outbox = new Outbox({ url, key: `easel:outbox:${page.board}:${person}`, fetch: send });
const writing = find("#canvas > #writing", HTMLElement);
const camera = new Camera(
  canvas,
  [board, find("#canvas > #lifted", HTMLElement), find(".overlay", SVGSVGElement), writing],
  `easel:camera:${page.board}`,
);
const paper = new Paper(find("#grid", HTMLElement));
const selection = new Selection(shapes);
if (large) shapes.whole = content;
const cells = large
  ? new Cells({ url, scene, camera, far: find("#far", SVGGElement), budget: Number(page.large), seen: () => swap.ts })
  : null;
const overlay = new Overlay(find("#canvas > #selection", SVGSVGElement), { shapes, selection, camera });
const editor = new Editor({ shapes, selection, camera, drafts, overlay });
if (large) editor.everything = new Everything(editor, url, find("#everything", HTMLDialogElement));
editor.lift = new Lift(
  find("#canvas > #lifted > svg", SVGSVGElement),
  find("#canvas > #lifted > svg > .lifted", SVGGElement),
  scene,
);
const editing = new Editing(editor, writing, find("#canvas > #surface", HTMLElement));
const tools = createTools(editor);
const pointer = new Pointer(canvas, find("#canvas > #surface", HTMLElement), camera, {
  tool: () => tools[editor.toolName],
  hand: tools.hand,
  eraser: tools.eraser,
});
const chrome = dress(editor);
const others = new Others(editor, pending);
const pictures = new Pictures(editor, {
  url,
  owner: `${page.board}:${person}`,
  group,
  over: find("#canvas > #over", HTMLElement),
});
const history = new History({ undo: find("#undo", HTMLButtonElement), redo: find("#redo", HTMLButtonElement) }, outbox);
const kept = new Kept(editor, { outbox, pictures }, { board: page.board ?? "", person, name: page.name ?? "" });

const version = new Version(() => page.version ?? "", {
  busy: () =>
    outbox.entries.length + pictures.waiting > 0 ||
    pointer.busy ||
    kept.unfinished ||
    document.querySelector("dialog[open], :popover-open") !== null,
  away: () => outbox.trouble !== null || !stream.live,
});

const presence = new Presence(editor, {
  url,
  me: page.person,
  post: send,
  surface: find("#canvas > #surface", HTMLElement),
  cursors: find("#canvas > #cursors", HTMLElement),
  overlay: find(".overlay .others", SVGGElement),
  people: find("#people", HTMLElement),
  more: find("#everybody-open", HTMLElement),
  everybody: find("#everybody", HTMLElement),
  frame: find("#following-frame", HTMLElement),
  pill: find("#following", HTMLElement),
});

// What each tells the others.

editor.mayEdit = page.role === "owner" || page.role === "editor";
editor.owns = page.role === "owner";
editor.onlyLooks = () =>
  "presenting" in page
    ? "The owner is presenting: only they can draw now."
    : "You may look at this board, but not change it.";
editor.mayUse = (name) => name in tools && (editor.mayEdit || !tools[name].writes);
editor.leave = (name) => {
  pointer.finish();
  tools[name].leave?.();
};
editor.toast = toast;
editor.edit = (target) => pictures.edit(target) || editing.open(target);
editor.onTool((name) => {
  pointer.showCursor();
  overlay.handles = editor.mayEdit && name === "select";
  overlay.changed();
});
editor.onCommit((change) => {
  for (const { changeId, ...part } of outbox.commit(pictures.hold(change))) drafts.add(changeId, part);
  history.changed();
});
editor.key = (event) => tools[editor.toolName].key?.(event) ?? false;
editor.space = (down) => pointer.space(down);
editor.revert = (action) => pointer.busy || history.revert(action);
// One thing at a time: the gesture, then what the tool holds, then the tool itself.
editor.cancel = () => {
  if (!pointer.cancel() && editor.mayEdit) editor.tool("select");
};
pointer.onChange = (change) => editor.commit(change);
pointer.onMenu = (place) => chrome.menu.openAt(place);
outbox.onAnswer = (entry, answer) => {
  if (answer.ts) drafts.answered(entry.changeId, BigInt(answer.ts), swap.ts);
  else drafts.rollback(entry.changeId);
  history.answered(entry, answer);
};
outbox.onRefused = (entry, message) => {
  kept.refused(entry, message); // as the page still shows it
  drafts.rollback(entry.changeId);
  status.refused();
  toast("error", message);
};
const tell = teller(url);
const saving = () => status.saving(outbox.entries.length + pictures.waiting, outbox.trouble);
pictures.onChange = saving;
pictures.onAdded = (operationId, ts) => {
  drafts.answered(operationId, BigInt(ts), swap.ts);
  history.changed();
};
outbox.onChange = () => {
  saving();
  drafts.hide(outbox.trouble === "offline" ? undone(outbox.entries) : new Set()); // else the server does it in a moment
  kept.troubled();
  tell(outbox.trouble);
};
swap.onChanges = (message) => others.hear(message);
stream.renew = refresh;
stream.process = (element) => htmx.process(element);
stream.onReturned = unsay;
stream.onConnection = (connection) => {
  status.connection(connection);
  presence.connection(connection === "live" || connection === "stale");
  if (connection === "live") page.ready = "true";
};
stream.onPutBack = () => {
  swap.anew = true;
  toast("error", "This board was put back to an earlier state: what was drawn since is gone.");
  outbox.flush();
};
stream.onVersion = (announced) => version.announced(announced);
stream.onPresence = (frame) => presence.take(frame);
swap.onShapes = (ids, changed) => {
  presence.settle(ids);
  windows.changed();
  cells?.received(ids, changed);
};
stream.onRole = (role) => {
  const could = editor.mayEdit;
  page.role = role;
  editor.mayEdit = role === "owner" || role === "editor";
  editor.owns = role === "owner";
  if (could && !editor.mayEdit) kept.letGo(() => [editing.close(), pointer.cancel()]);
  editor.tool(editor.mayUse(editor.toolName) ? editor.toolName : "hand"); // each stream begins with the role: the tool that was taken meanwhile stays
  chrome.toolbar.show();
  kept.show();
  if (editor.mayEdit) outbox.flush();
};
stream.onClosed = (why, refusal) => {
  if (refusal === 403 || refusal === 404) stream.onRole("viewer");
  toast("error", why, refusal === 401 ? links(url)["Sign in"] : { href: "/boards", text: "All boards" });
};
camera.onMove = (x, y, zoom) => {
  paper.move(x, y, zoom);
  presence.moved(x, y, zoom);
  overlay.moved();
  pictures.moved();
  zoomLevel.textContent = `${zoom < 0.1 ? Number((100 * zoom).toPrecision(2)) : Math.round(100 * zoom)}%`;
};
camera.onEdge = () => toast("info", ENDS_HERE);
camera.onView = (view) => scene.places.cull(view);
camera.clear = () => clearing(editor.mayEdit);
camera.content = () => shapes.bounds();
camera.onRest = () => {
  thicken(board, camera.zoom);
  cells?.moved();
};

const zoomLevel = find("#zoom-level", HTMLElement);

bindPenMode(find("#pen-mode", HTMLButtonElement));
addEventListener("online", () => outbox.flush());
onSignOfLife(() => {
  stream.resume();
  if (["signed-out", "somebody-else", "view-only", "gone"].includes(outbox.trouble ?? "")) outbox.flush();
});
addEventListener("offline", () => status.connection("lost"));
addEventListener("beforeunload", (event) => {
  if ((outbox.entries.length && !outbox.durable) || !kept.durable) event.preventDefault();
});

// The start.

Object.assign(htmx.config, { sse: { reconnectMaxDelay: 8_000, connectTimeout: 10_000 } });
swap.register(htmx);
camera.start(content, seen);
editor.tool(editor.mayEdit ? "pen" : "hand");
for (const { changeId, ...change } of outbox.entries)
  drafts.add(changeId, { ...change, put: change.put?.map((shape) => complete(shape.kind, shape.id, shape)) });
outbox.onChange();
outbox.flush();
replay(canvas, find("#canvas > #surface", HTMLElement), () => status.loaded());
