import { Listeners } from "./ground/listeners.ts";
import { settings } from "./ground/settings.ts";
import { Styles } from "./ground/style.ts";
import { has } from "./kinds/defaults.ts";
import { fitted } from "./kinds/fitting.ts";
import { contained, ENDS_HERE, TOO_LARGE } from "./kinds/world.ts";
import type { Drafts } from "./scene/drafts.ts";
import type { Lift } from "./scene/lift.ts";
import type { Selection } from "./scene/selection.ts";
import type { Shapes } from "./scene/shapes.ts";
import { loosened } from "./select/place.ts";
import type { BoardPictures, Change, Image, Ink, Patch, Shape, Style, ToolName, WholeBoard, Writing } from "./types.ts";
import type { Camera } from "./view/camera.ts";
import type { Overlay } from "./view/overlay.ts";

/** What tools and commands may use of the page. */
export class Editor {
  shapes;
  selection;
  camera;
  drafts;
  overlay;
  pictures: BoardPictures | null = null;
  lift: Lift | null = null;
  /** Of a large board, of which only parts are here. */
  everything: WholeBoard | null = null;
  mayEdit = false;
  /** Why this person may only look. */
  onlyLooks = () => "You may look at this board, but not change it.";
  /** Whether the board is this person's. */
  owns = false;
  /** What is being written, while somebody writes. */
  writing: Writing | null = null;

  #style = new Styles();
  #tool: ToolName = "hand";
  #styles: Listeners<[Style]> = new Listeners();
  #tools: Listeners<[ToolName]> = new Listeners();
  #commits: Listeners<[Change]> = new Listeners();
  #inks: Listeners<[Ink | null]> = new Listeners();
  #previews: Listeners<[ReadonlyMap<string, Patch>]> = new Listeners();
  #sketches: Listeners<[readonly Shape[], boolean]> = new Listeners();
  #lasers: Listeners<[{ x: number; y: number } | null]> = new Listeners();

  /** Says something on the page. */
  toast: (kind: "info" | "error", text: string, link?: { href: string; text: string }) => void = () => {};
  /** Keeps shapes in this browser that cannot be put on the board, and says why, in a sentence. */
  setAside: (why: string, shapes: Shape[]) => void = () => {};
  /** How a picture is being described, null when that ends. */
  describing: (shape: Image | null, alt?: string) => void = () => {};
  /** Says something to a screen reader. */
  announce: (text: string) => void = () => {};
  /** Opens the text of a shape, or of one that is not on the board yet, or a new text at a place. */
  edit: (target: { id?: string; shape?: Shape; x?: number; y?: number }) => void = () => {};
  /** Takes one's own last change back, or does it again. */
  revert: (action: "undo" | "redo") => void = () => {};
  /** Lets go of the gesture, or of what the tool holds, or of the tool. */
  cancel = () => {};
  /** While the space bar is down every tool is the hand. */
  space: (down: boolean) => void = () => {};
  /** What the tool in hand does with a key; true = taken. */
  key: (event: KeyboardEvent) => boolean = () => false;

  constructor({
    shapes,
    selection,
    camera,
    drafts,
    overlay,
  }: { shapes: Shapes; selection: Selection; camera: Camera; drafts: Drafts; overlay: Overlay }) {
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

  /** For new shapes of this tool, whichever is in hand. */
  styleOf(tool: ToolName) {
    return this.#style.of(tool);
  }

  /** For new shapes and, as one change, for what is being written or is selected: each takes the fields that its kind has. */
  setStyle(style: Partial<Style>) {
    const { writing } = this;
    const kinds = new Set(
      writing?.shape ? [writing.shape.kind] : [...this.selection.ids].flatMap((id) => this.shapes.get(id)?.kind ?? []),
    );
    this.#style.set(kinds.size === 1 ? [...kinds][0] : this.#tool, style);
    this.#styles.tell(this.style);
    if (writing) return writing.restyle(style);
    const patch: Record<string, Patch> = {};
    for (const id of this.selection.ids) {
      const shape = this.shapes.get(id);
      if (!shape || shape.locked) continue;
      const fields = Object.entries(style).filter(([name]) => has(shape.kind, name));
      if (fields.length) patch[id] = fitted(shape, Object.fromEntries(fields) as Patch);
    }
    this.commit({ patch });
  }

  onStyle(listener: (style: Style) => void) {
    return this.#styles.add(listener);
  }

  /** The tool in hand. */
  get toolName() {
    return this.#tool;
  }

  /** Takes a tool, if this person may use it; board.ts knows. */
  tool(name: ToolName) {
    if (!this.mayUse(name)) return;
    if (name !== this.#tool) this.leave(this.#tool);
    this.#tool = name;
    this.#tools.tell(name);
  }

  mayUse: (name: ToolName) => boolean = () => true;
  /** A tool is put away. */
  leave: (name: ToolName) => void = () => {};

  onTool(listener: (name: ToolName) => void) {
    return this.#tools.add(listener);
  }

  /** Moves the board until these are seen. */
  show(ids: Iterable<string>) {
    const box = this.shapes.bounds(ids);
    if (box) this.camera.reveal(box);
  }

  /** A tool has made these: they are selected, and the select tool comes back, unless the tool is kept. */
  made(ids: string[]) {
    if (settings.keepTool) return;
    this.tool("select");
    this.selection.set(ids);
  }

  /** Whether the owner's lock keeps this person from changing the shape. */
  holds({ locked }: Shape) {
    return locked === "owner" && !this.owns;
  }

  /** Shown at once, then sent. One call is one step of undo. */
  commit({ put = [], patch = {}, remove = [] }: Change) {
    const there = Object.entries(patch).filter(([id]) => this.shapes.has(id));
    const patches = { ...Object.fromEntries(there), ...this.#loosened(remove, patch) };
    if (!this.mayEdit || !(put.length || remove.length || Object.keys(patches).length)) return;
    const change = contained({ put, patch: patches, remove }, this.shapes.find);
    if (change?.put !== put || change.patch !== patches) this.toast("info", change ? ENDS_HERE : TOO_LARGE);
    if (change) this.#commits.tell(change);
  }

  /** Lines stay as they are seen when what they are bound to goes. @param patch of the same change */
  #loosened(remove: string[], patch: Record<string, Patch>) {
    const gone = new Set(remove);
    const loose: Record<string, Patch> = {};
    for (const id of remove.flatMap((id) => [...this.shapes.boundTo(id)])) {
      const line = this.shapes.get(id);
      if (!line || !("from" in line) || gone.has(id) || this.holds(line)) continue;
      const along = [line.from, line.to].flatMap((end) => (end && !gone.has(end.id) ? end.id : []));
      loose[id] = { ...loosened(line, new Set(along), this.shapes.find), ...patch[id] };
    }
    return loose;
  }

  /** Shows, or stops showing, what an arrow's end would be bound to. */
  highlight(id: string | null) {
    this.overlay.target = id;
    this.overlay.changed();
  }

  /** Whether what is moved snaps. @param ctrl is held, which turns it round */
  snaps(ctrl: boolean) {
    return settings.snap !== ctrl;
  }

  /** Whether the paper has dots to snap to. */
  get dotted() {
    return settings.grid;
  }

  onCommit(listener: (change: Change) => void) {
    return this.#commits.add(listener);
  }

  /** The stroke in hand, told as it grows; null: let go, released or not. */
  inked(ink: Ink | null) {
    this.#inks.tell(ink);
  }

  onInk(listener: (ink: Ink | null) => void) {
    return this.#inks.add(listener);
  }

  /** Live, while a hand moves something: drawn here and told to presence, not committed. An empty map ends it. */
  preview(patches: ReadonlyMap<string, Patch>) {
    this.lift?.drop();
    this.overlay.carry(0, 0);
    this.drafts.preview(patches);
    this.#previews.tell(patches);
  }

  /** A preview in which all go the same way: many of them are carried as one picture. */
  carry(patches: ReadonlyMap<string, Patch>, dx: number, dy: number) {
    if (!this.lift?.takes(patches)) return this.preview(patches);
    this.lift.carry(patches.keys(), dx, dy);
    this.overlay.carry(dx, dy);
    this.#previews.tell(patches);
  }

  onPreview(listener: (patches: ReadonlyMap<string, Patch>) => void) {
    return this.#previews.add(listener);
  }

  /**
   * What a tool is making: drawn here above all else and told to presence, not committed. [] ends it.
   * @param work whether it is work that must not get lost, and not only an outlook
   */
  sketch(shapes: Shape[], work: boolean = true) {
    this.drafts.sketch(shapes);
    this.#sketches.tell(shapes, work);
  }

  onSketch(listener: (shapes: readonly Shape[], work: boolean) => void) {
    return this.#sketches.add(listener);
  }

  /** The laser is here on the board, or was lifted. */
  pointed(place: { x: number; y: number } | null) {
    this.#lasers.tell(place);
  }

  onLaser(listener: (place: { x: number; y: number } | null) => void) {
    return this.#lasers.add(listener);
  }
}
