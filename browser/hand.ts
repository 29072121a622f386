import type { Board } from "./board.ts";
import { Listeners } from "./ground/listeners.ts";
import { settings } from "./ground/settings.ts";
import { Styles } from "./ground/style.ts";
import { writes } from "./ground/writes.ts";
import type { Drafts } from "./scene/drafts.ts";
import type { Lift } from "./scene/lift.ts";
import type { Patch, Shape } from "./types/shape.ts";
import type { Style } from "./types/style.ts";
import type { Ink, ToolName } from "./types/tool.ts";
import type { Overlay } from "./view/overlay.ts";

/** This person's hand: the tool in it, how the next shape looks, and what it moves, makes or draws just now. None of that is committed. */
export class Hand {
  overlay;
  /** Whether something is being drawn, erased or moved; the pointer sets it. */
  busy = false;
  #board;
  #drafts;
  #lift;
  #style = new Styles();
  #tool: ToolName = "hand";
  #left: Listeners<[ToolName]> = new Listeners();
  #tools: Listeners<[ToolName]> = new Listeners();
  #styles: Listeners<[Style]> = new Listeners();
  #inks: Listeners<[Ink | null]> = new Listeners();
  #previews: Listeners<[ReadonlyMap<string, Patch>]> = new Listeners();
  #sketches: Listeners<[readonly Shape[], boolean]> = new Listeners();
  #lasers: Listeners<[{ x: number; y: number } | null]> = new Listeners();

  constructor(board: Board, { overlay, drafts, lift }: { overlay: Overlay; drafts: Drafts; lift: Lift }) {
    this.overlay = overlay;
    this.#board = board;
    this.#drafts = drafts;
    this.#lift = lift;
  }

  /** The tool in hand. */
  get toolName() {
    return this.#tool;
  }

  mayUse(name: ToolName) {
    return this.#board.mayEdit || !writes(name);
  }

  /** Takes a tool, if this person may use it. */
  tool(name: ToolName) {
    if (!this.mayUse(name)) return;
    if (name !== this.#tool) this.#left.tell(this.#tool);
    this.#tool = name;
    this.#tools.tell(name);
  }

  onTool(listener: (name: ToolName) => void) {
    return this.#tools.add(listener);
  }

  /** A tool is put away, for another one. */
  onLeave(listener: (name: ToolName) => void) {
    return this.#left.add(listener);
  }

  /** For new shapes. */
  get style() {
    return this.styleOf(this.#tool);
  }

  /** For new shapes of this tool, whichever is in hand. */
  styleOf(tool: ToolName) {
    return this.#style.of(tool);
  }

  /** @param tool whose next shapes look like this */
  setStyle(style: Partial<Style>, tool: string = this.#tool) {
    this.#style.set(tool, style);
    this.#styles.tell(this.style);
  }

  onStyle(listener: (style: Style) => void) {
    return this.#styles.add(listener);
  }

  /** A tool has made these: they are selected, and the select tool comes back, unless the tool is kept. */
  made(ids: string[]) {
    if (settings.keepTool) return;
    this.tool("select");
    this.#board.selection.set(ids);
  }

  /** Shows, or stops showing, what an arrow's end would be bound to. */
  highlight(id: string | null) {
    this.overlay.target = id;
    this.overlay.changed();
  }

  /** Whether moved shapes snap. @param ctrl is held, which reverses it */
  snaps(ctrl: boolean) {
    return settings.snap !== ctrl;
  }

  /** Whether the paper has dots to snap to. */
  get dotted() {
    return settings.grid;
  }

  /** Begins a stroke, on the overlay. */
  wet(x: number, y: number, style: Pick<Style, "color" | "width" | "opacity">) {
    return this.#drafts.wet(x, y, style);
  }

  /** Notifies of the stroke in hand as it grows. Null: the pen was lifted, or the stroke cancelled. */
  inked(ink: Ink | null) {
    this.#inks.tell(ink);
  }

  onInk(listener: (ink: Ink | null) => void) {
    return this.#inks.add(listener);
  }

  /** Moves shapes while a gesture lasts: drawn here and sent to the others, but not committed. An empty map ends it. */
  preview(patches: ReadonlyMap<string, Patch>) {
    this.#lift.drop();
    this.overlay.carry(0, 0);
    this.#drafts.preview(patches);
    this.#previews.tell(patches);
  }

  /** A preview in which all shapes move by the same distance: many are carried as one picture. */
  carry(patches: ReadonlyMap<string, Patch>, dx: number, dy: number) {
    if (!this.#lift.takes(patches)) return this.preview(patches);
    this.#lift.carry(patches.keys(), dx, dy);
    this.overlay.carry(dx, dy);
    this.#previews.tell(patches);
  }

  onPreview(listener: (patches: ReadonlyMap<string, Patch>) => void) {
    return this.#previews.add(listener);
  }

  /**
   * Shows what a tool is making, above all else, here and to the others. It is not committed. [] ends it.
   * @param work whether it must survive a crash of the page; false for a mere outlook
   */
  sketch(shapes: Shape[], work: boolean = true) {
    this.#drafts.sketch(shapes);
    this.#sketches.tell(shapes, work);
  }

  onSketch(listener: (shapes: readonly Shape[], work: boolean) => void) {
    return this.#sketches.add(listener);
  }

  /** Notifies of the laser's place on the board; null: it was lifted. */
  pointed(place: { x: number; y: number } | null) {
    this.#lasers.tell(place);
  }

  onLaser(listener: (place: { x: number; y: number } | null) => void) {
    return this.#lasers.add(listener);
  }
}
