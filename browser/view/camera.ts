import { onceAFrame } from "../ground/frame.ts";
import { Listeners } from "../ground/listeners.ts";
import { widened } from "../kinds/boxes.ts";
import { inside } from "../kinds/hits.ts";
import { held } from "../kinds/world.ts";
import type { Box } from "../types/shape.ts";
import type { Spot } from "./flight.ts";
import { Flight } from "./flight.ts";
import { LastView } from "./last-view.ts";
import { Layers } from "./layers.ts";
import { Lens } from "./lens.ts";
import { allowed, filling, fitting, next } from "./zoom.ts";

/** How long the view must rest before the picture is drawn anew at its zoom, in ms. */
const REST = 200;

/** The part of the board that is drawn reaches this many windows beyond each side, so that panning seldom adds any. */
const MARGIN = 1;

/** Text on the board is read from this zoom on. */
const LEGIBLE = 0.5;

/** What a camera needs from the page. */
interface Surroundings {
  /** The part of the window that no panel covers, in px. */
  clear(): Box;
  /** Around all of the drawing. */
  content(): Box | null;
  /** The user has panned to where the board ends. */
  edge(): void;
}

/** Moves the window over the board. */
export class Camera extends Lens {
  /** In each frame in which it moves: the place of the board's origin in the window, and the zoom. */
  moves: Listeners<[x: number, y: number, zoom: number]> = new Listeners();
  /** It has not moved for a moment. */
  rests: Listeners<[]> = new Listeners();
  /** The user pans, zooms or fits. */
  takes: Listeners<[]> = new Listeners();
  /** The view has left the last box: a new box around the view. */
  views: Listeners<[Box]> = new Listeners();
  #layers;
  #last;
  #page;
  #flight = new Flight();
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** The part of the board that is drawn. */
  #drawn: Box | null = null;

  /**
   * @param canvas the element that the board is seen through
   * @param layers what goes with the board
   * @param key under which this tab remembers the view
   */
  constructor(canvas: HTMLElement, layers: (SVGElement | HTMLElement)[], key: string, page: Surroundings) {
    super(canvas.getBoundingClientRect());
    this.#layers = new Layers(layers);
    this.#last = new LastView(key);
    this.#page = page;
    addEventListener("resize", () => {
      this.rect = canvas.getBoundingClientRect();
      this.#changed();
    });
    addEventListener("pagehide", () => this.#remember());
    this.takes.add(() => this.#flight.stop());
  }

  /**
   * The view that this tab had, or else the origin, or all shapes if the origin does not show all of them.
   * @param seen what the window shows already, and must go on showing
   */
  start(shapes: Box | null, seen?: Box | null) {
    const remembered = this.#last.get();
    if (seen) {
      [this.x, this.y, this.zoom] = [-seen.left, -seen.top, this.rect.width / (seen.right - seen.left)];
    } else if (remembered) {
      [this.x, this.y, this.zoom] = remembered;
    } else if (shapes && !inside(shapes, this.onBoard(this.#page.clear()))) this.fit(shapes);
    this.#layers.fit(this.x, this.y, this.zoom);
    this.#changed();
  }

  /** @param dy in screen px */
  panBy(dx: number, dy: number) {
    this.takes.tell();
    this.#moveBy(dx / this.zoom, dy / this.zoom);
    this.#changed();
  }

  /**
   * Zooms and keeps what is at this place of the window there.
   * @param clientX the middle by default
   */
  zoomTo(
    zoom: number,
    clientX: number = this.rect.left + this.rect.width / 2,
    clientY: number = this.rect.top + this.rect.height / 2,
  ) {
    this.takes.tell();
    const [x, y] = this.toBoard(clientX, clientY);
    this.zoom = allowed(zoom, this.zoom, () => fitting(this.#page.content(), this.#page.clear()));
    const [nowX, nowY] = this.toBoard(clientX, clientY);
    this.#moveBy(nowX - x, nowY - y);
    this.#changed();
  }

  /** To the next stop. */
  step(direction: 1 | -1) {
    this.zoomTo(next(this.zoom, direction));
  }

  /** Brings the box to the middle if not all of it is to be seen; smaller, if it is larger than the window. */
  reveal(box: Box) {
    const clear = this.onBoard(this.#page.clear());
    if (inside(box, clear)) return;
    if (box.right - box.left > clear.right - clear.left || box.bottom - box.top > clear.bottom - clear.top)
      return this.fit(box);
    this.#centre(box, this.zoom);
  }

  /** Flies to the box if not all of it is to be seen, and near enough to read what is in it. */
  visit(box: Box) {
    this.takes.tell();
    const clear = this.#page.clear();
    if (this.zoom >= LEGIBLE && inside(box, this.onBoard(clear))) return;
    const zoom = Math.min(fitting(box, clear), Math.max(this.zoom, 1));
    const [x, y] = this.toBoard((clear.left + clear.right) / 2, (clear.top + clear.bottom) / 2);
    const to = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, zoom };
    this.#flight.start({ x, y, zoom: this.zoom }, to, (spot) => this.#over(spot, clear));
  }

  /** Shows all of the box beside the panels, never larger than life. */
  fit(box: Box | null) {
    this.takes.tell();
    if (!box) return this.#place(0, 0, 1);
    this.#centre(box, fitting(box, this.#page.clear()));
  }

  /** Puts the middle of the box into the middle of what no panel covers. */
  #centre({ left, top, right, bottom }: Box, zoom: number) {
    this.#over({ x: (left + right) / 2, y: (top + bottom) / 2, zoom }, this.#page.clear());
  }

  #over({ x, y, zoom }: Spot, { left, top, right, bottom }: Box) {
    const across = (left + right) / 2 - this.rect.left;
    const down = (top + bottom) / 2 - this.rect.top;
    this.#place(across / zoom - x, down / zoom - y, zoom);
  }

  /** Shows all of the box, as large as that can be: what somebody else sees. */
  show(box: Box) {
    this.#flight.stop();
    const { width, height } = this.rect;
    const zoom = filling(box, this.rect);
    this.#place(width / 2 / zoom - (box.left + box.right) / 2, height / 2 / zoom - (box.top + box.bottom) / 2, zoom);
  }

  /** Not beyond the end of the board, where nothing could be drawn. @param dy in board px */
  #moveBy(dx: number, dy: number) {
    const { width, height } = this.rect;
    const x = held(this.x + dx, this.x, width / this.zoom);
    const y = held(this.y + dy, this.y, height / this.zoom);
    if (x !== this.x + dx || y !== this.y + dy) this.#page.edge();
    [this.x, this.y] = [x, y];
  }

  #place(x: number, y: number, zoom: number) {
    this.x = x;
    this.y = y;
    this.zoom = zoom;
    this.#changed();
  }

  #changed = onceAFrame(() => this.#apply());

  #apply() {
    this.#layers.move(this.x, this.y, this.zoom);
    this.moves.tell(this.x * this.zoom, this.y * this.zoom, this.zoom);
    const view = this.view();
    if (!this.#drawn || !inside(view, this.#drawn)) this.#draw(view);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(), REST);
  }

  #rest() {
    this.#remember();
    this.rests.tell();
    if (this.#layers.isSharp(this.zoom)) return;
    this.#draw(this.view());
    this.#layers.sharpen(this.x, this.y, this.zoom);
  }

  #draw(view: Box) {
    this.#drawn = widened(view, MARGIN);
    this.views.tell(this.#drawn);
  }

  #remember() {
    this.#last.set([this.x, this.y, this.zoom]);
  }
}
