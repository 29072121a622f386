// @ts-check
import { has } from "./defaults.js";
import { fitted } from "./fitting.js";
import { Listeners } from "./listeners.js";
import { loosened } from "./select/place.js";
import { settings } from "./settings.js";
import { Styles } from "./style.js";
import { contained, ENDS_HERE, TOO_LARGE } from "./world.js";

/** @import { Camera } from "./camera.js" */
/** @import { Everything } from "./everything.js" */
/** @import { Drafts } from "./draft.js" */
/** @import { Lift } from "./lift.js" */
/** @import { Overlay } from "./overlay.js" */
/** @import { Pictures } from "./images/pictures.js" */
/** @import { Selection } from "./selection.js" */
/** @import { Shapes } from "./shapes.js" */
/** @import { ToolName } from "./tools/index.js" */
/** @import { Change, Image, Ink, Patch, Shape, Style, Writing } from "./types.js" */

/** What tools and commands may use of the page. */
export class Editor {
  shapes;
  selection;
  camera;
  drafts;
  overlay;
  /** @type {Pictures | null} */
  pictures = null;
  /** @type {Lift | null} */
  lift = null;
  /** Of a large board, of which only parts are here. @type {Everything | null} */
  everything = null;
  mayEdit = false;
  /** Why this person may only look. */
  onlyLooks = () => "You may look at this board, but not change it.";
  /** Whether the board is this person's. */
  owns = false;
  /** What is being written, while somebody writes. @type {Writing | null} */
  writing = null;

  #style = new Styles();
  /** @type {ToolName} */
  #tool = "hand";
  /** @type {Listeners<[Style]>} */
  #styles = new Listeners();
  /** @type {Listeners<[ToolName]>} */
  #tools = new Listeners();
  /** @type {Listeners<[Change]>} */
  #commits = new Listeners();
  /** @type {Listeners<[Ink | null]>} */
  #inks = new Listeners();
  /** @type {Listeners<[ReadonlyMap<string, Patch>]>} */
  #previews = new Listeners();
  /** @type {Listeners<[readonly Shape[], boolean]>} */
  #sketches = new Listeners();
  /** @type {Listeners<[{ x: number, y: number } | null]>} */
  #lasers = new Listeners();

  /** Says something on the page. @type {(kind: "info" | "error", text: string, link?: { href: string, text: string }) => void} */
  toast = () => {};
  /** Keeps shapes in this browser that cannot be put on the board, and says why, in a sentence. @type {(why: string, shapes: Shape[]) => void} */
  setAside = () => {};
  /** How a picture is being described, null when that ends. @type {(shape: Image | null, alt?: string) => void} */
  describing = () => {};
  /** Says something to a screen reader. @type {(text: string) => void} */
  announce = () => {};
  /** Opens the text of a shape, or of one that is not on the board yet, or a new text at a place. @type {(target: { id?: string, shape?: Shape, x?: number, y?: number }) => void} */
  edit = () => {};
  /** Takes one's own last change back, or does it again. @type {(action: "undo" | "redo") => void} */
  revert = () => {};
  /** Lets go of the gesture, or of what the tool holds, or of the tool. */
  cancel = () => {};
  /** While the space bar is down every tool is the hand. @type {(down: boolean) => void} */
  space = () => {};
  /** What the tool in hand does with a key; true = taken. @type {(event: KeyboardEvent) => boolean} */
  key = () => false;

  /** @param {{ shapes: Shapes, selection: Selection, camera: Camera, drafts: Drafts, overlay: Overlay }} board */
  constructor({ shapes, selection, camera, drafts, overlay }) {
    this.shapes = shapes;
    this.selection = selection;
    this.camera = camera;
    this.drafts = drafts;
    this.overlay = overlay;
  }

  /** For new shapes. */
  get style() {
    return this.styleOf(this.#tool);
  }

  /** For new shapes of this tool, whichever is in hand. @param {ToolName} tool */
  styleOf(tool) {
    return this.#style.of(tool);
  }

  /** For new shapes and, as one change, for what is being written or is selected: each takes the fields that its kind has. @param {Partial<Style>} style */
  setStyle(style) {
    const { writing } = this;
    const kinds = new Set(writing?.shape ? [writing.shape.kind] : [...this.selection.ids].flatMap((id) => this.shapes.get(id)?.kind ?? []));
    this.#style.set(kinds.size === 1 ? [...kinds][0] : this.#tool, style);
    this.#styles.tell(this.style);
    if (writing) return writing.restyle(style);
    /** @type {Record<string, Patch>} */
    const patch = {};
    for (const id of this.selection.ids) {
      const shape = this.shapes.get(id);
      if (!shape || shape.locked) continue;
      const fields = Object.entries(style).filter(([name]) => has(shape.kind, name));
      if (fields.length) patch[id] = fitted(shape, /** @type {Patch} */ (Object.fromEntries(fields)));
    }
    this.commit({ patch });
  }

  /** @param {(style: Style) => void} listener */
  onStyle(listener) {
    return this.#styles.add(listener);
  }

  /** The tool in hand. */
  get toolName() {
    return this.#tool;
  }

  /** Takes a tool, if this person may use it; board.js knows. @param {ToolName} name */
  tool(name) {
    if (!this.mayUse(name)) return;
    if (name !== this.#tool) this.leave(this.#tool);
    this.#tool = name;
    this.#tools.tell(name);
  }

  /** @type {(name: ToolName) => boolean} */
  mayUse = () => true;
  /** A tool is put away. @type {(name: ToolName) => void} */
  leave = () => {};

  /** @param {(name: ToolName) => void} listener */
  onTool(listener) {
    return this.#tools.add(listener);
  }

  /** Moves the board until these are seen. @param {Iterable<string>} ids */
  show(ids) {
    const box = this.shapes.bounds(ids);
    if (box) this.camera.reveal(box);
  }

  /** A tool has made these: they are selected, and the select tool comes back, unless the tool is kept. @param {string[]} ids */
  made(ids) {
    if (settings.keepTool) return;
    this.tool("select");
    this.selection.set(ids);
  }

  /** Whether the owner's lock keeps this person from changing the shape. @param {Shape} shape */
  holds({ locked }) {
    return locked === "owner" && !this.owns;
  }

  /** Shown at once, then sent. One call is one step of undo. @param {Change} change */
  commit({ put = [], patch = {}, remove = [] }) {
    const there = Object.entries(patch).filter(([id]) => this.shapes.has(id));
    const patches = { ...Object.fromEntries(there), ...this.#loosened(remove, patch) };
    if (!this.mayEdit || !(put.length || remove.length || Object.keys(patches).length)) return;
    const change = contained({ put, patch: patches, remove }, this.shapes.find);
    if (change?.put !== put || change.patch !== patches) this.toast("info", change ? ENDS_HERE : TOO_LARGE);
    if (change) this.#commits.tell(change);
  }

  /** Lines stay as they are seen when what they are bound to goes. @param {string[]} remove @param {Record<string, Patch>} patch of the same change */
  #loosened(remove, patch) {
    const gone = new Set(remove);
    /** @type {Record<string, Patch>} */
    const loose = {};
    for (const id of remove.flatMap((id) => [...this.shapes.boundTo(id)])) {
      const line = this.shapes.get(id);
      if (!line || !("from" in line) || gone.has(id) || this.holds(line)) continue;
      const along = [line.from, line.to].flatMap((end) => (end && !gone.has(end.id) ? end.id : []));
      loose[id] = { ...loosened(line, new Set(along), this.shapes.find), ...patch[id] };
    }
    return loose;
  }

  /** Shows, or stops showing, what an arrow's end would be bound to. @param {string | null} id */
  highlight(id) {
    this.overlay.target = id;
    this.overlay.changed();
  }

  /** Whether what is moved snaps. @param {boolean} ctrl is held, which turns it round */
  snaps(ctrl) {
    return settings.snap !== ctrl;
  }

  /** Whether the paper has dots to snap to. */
  get dotted() {
    return settings.grid;
  }

  /** @param {(change: Change) => void} listener */
  onCommit(listener) {
    return this.#commits.add(listener);
  }

  /** The stroke in hand, told as it grows; null: let go, released or not. @param {Ink | null} ink */
  inked(ink) {
    this.#inks.tell(ink);
  }

  /** @param {(ink: Ink | null) => void} listener */
  onInk(listener) {
    return this.#inks.add(listener);
  }

  /** Live, while a hand moves something: drawn here and told to presence, not committed. An empty map ends it. @param {ReadonlyMap<string, Patch>} patches */
  preview(patches) {
    this.lift?.drop();
    this.overlay.carry(0, 0);
    this.drafts.preview(patches);
    this.#previews.tell(patches);
  }

  /** A preview in which all go the same way: many of them are carried as one picture. @param {ReadonlyMap<string, Patch>} patches @param {number} dx @param {number} dy */
  carry(patches, dx, dy) {
    if (!this.lift?.takes(patches)) return this.preview(patches);
    this.lift.carry(patches.keys(), dx, dy);
    this.overlay.carry(dx, dy);
    this.#previews.tell(patches);
  }

  /** @param {(patches: ReadonlyMap<string, Patch>) => void} listener */
  onPreview(listener) {
    return this.#previews.add(listener);
  }

  /**
   * What a tool is making: drawn here above all else and told to presence, not committed. [] ends it.
   * @param {Shape[]} shapes @param {boolean} [work] whether it is work that must not get lost, and not only an outlook
   */
  sketch(shapes, work = true) {
    this.drafts.sketch(shapes);
    this.#sketches.tell(shapes, work);
  }

  /** @param {(shapes: readonly Shape[], work: boolean) => void} listener */
  onSketch(listener) {
    return this.#sketches.add(listener);
  }

  /** The laser is here on the board, or was lifted. @param {{ x: number, y: number } | null} place */
  pointed(place) {
    this.#lasers.tell(place);
  }

  /** @param {(place: { x: number, y: number } | null) => void} listener */
  onLaser(listener) {
    return this.#lasers.add(listener);
  }
}
