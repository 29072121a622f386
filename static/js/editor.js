// @ts-check
import { has } from "./defaults.js";
import { Listeners } from "./listeners.js";
import { settings } from "./settings.js";
import { recall, remember } from "./style.js";

/** @import { Camera } from "./camera.js" */
/** @import { Drafts } from "./draft.js" */
/** @import { Selection } from "./selection.js" */
/** @import { Shapes } from "./shapes.js" */
/** @import { ToolName } from "./tools/index.js" */
/** @import { Change, Ink, Patch, Style } from "./types.js" */

/** What tools and commands may use of the page. */
export class Editor {
  shapes;
  selection;
  camera;
  drafts;
  mayEdit = false;

  #style = recall();
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

  /** Says something on the page. @type {(kind: "info" | "error", text: string) => void} */
  toast = () => {};
  /** Says something to a screen reader. @type {(text: string) => void} */
  announce = () => {};
  /** Opens the text of a shape, or a new text at a place of the board. @type {(target: { id?: string, x: number, y: number }) => void} */
  edit = () => {};

  /** @param {{ shapes: Shapes, selection: Selection, camera: Camera, drafts: Drafts }} board */
  constructor({ shapes, selection, camera, drafts }) {
    this.shapes = shapes;
    this.selection = selection;
    this.camera = camera;
    this.drafts = drafts;
  }

  /** For new shapes. */
  get style() {
    return this.#style;
  }

  /** For new shapes and, as one change, for the selection: each takes the fields that its kind has. @param {Partial<Style>} style */
  setStyle(style) {
    this.#style = { ...this.#style, ...style };
    remember(this.#style);
    this.#styles.tell(this.#style);
    /** @type {Record<string, Patch>} */
    const patch = {};
    for (const id of this.selection.ids) {
      const shape = this.shapes.get(id);
      if (!shape || shape.locked) continue;
      const fields = Object.entries(style).filter(([name]) => has(shape.kind, name));
      if (fields.length) patch[id] = /** @type {Patch} */ (Object.fromEntries(fields));
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

  /** A tool has made these: they are selected, and the select tool comes back, unless the tool is kept. @param {string[]} ids */
  made(ids) {
    if (settings.keepTool) return;
    this.tool("select");
    this.selection.set(ids);
  }

  /** Shown at once, then sent. One call is one step of undo. @param {Change} change */
  commit(change) {
    const { put = [], patch = {}, remove = [] } = change;
    if (!this.mayEdit || !(put.length || remove.length || Object.keys(patch).length)) return;
    this.#commits.tell({ put, patch, remove });
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
    this.drafts.preview(patches);
    this.#previews.tell(patches);
  }

  /** @param {(patches: ReadonlyMap<string, Patch>) => void} listener */
  onPreview(listener) {
    return this.#previews.add(listener);
  }
}
