import { held } from "../kinds/world.ts";
import type { Box } from "../types.ts";

/** As far as a hand zooms out, or to where all of the drawing is seen. */
const LEAST = 0.02;
/** As far as a command goes that shows all of something: the largest board in the smallest window. */
const FARTHEST = 0.0001;
const MOST = 8;
const STOPS = [0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8];

/** How long the zoom must rest before the picture is drawn anew at its size, in ms. */
const REST = 200;

/** The part of the board that is drawn reaches this many windows beyond each side, so that panning seldom adds any. */
const MARGIN = 1;

/**
 * Where the window is on the board: screen = (board + camera) · zoom, as one CSS transform. Nothing is drawn anew while it
 * moves: the browser's compositor moves the picture.
 */
export class Camera {
  #layers;
  #key;
  #x = 0;
  #y = 0;
  #zoom = 1;
  #frame = 0;
  /** The zoom that the layers were last painted for. */
  #sharp = 1;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #rect;
  /** The part of the board that onView was last told */
  #drawn: Box | null = null;

  /** In each frame in which it moves: the place of the board's origin in the window, and the zoom. */
  onMove: (x: number, y: number, zoom: number) => void = () => {};
  /** It has not moved for a moment. */
  onRest = () => {};
  /** The user pans, zooms or fits. */
  onTaken = () => {};
  /** The user has panned to where the board ends. */
  onEdge = () => {};
  /** The part of the window that no panel covers, in px. */
  clear: () => Box = () => this.#rect;
  /** Around all of the drawing. */
  content: () => Box | null = () => null;
  /** Told a box around the view when the view leaves the last one. */
  onView: (box: Box) => void = () => {};

  /**
   * @param canvas the element that the board is seen through
   * @param key under which this tab remembers the view
   */
  constructor(canvas: HTMLElement, layers: (SVGElement | HTMLElement)[], key: string) {
    this.#layers = layers;
    this.#key = key;
    this.#rect = canvas.getBoundingClientRect();
    for (const layer of layers) layer.style.willChange = "transform";
    addEventListener("resize", () => {
      this.#rect = canvas.getBoundingClientRect();
      this.#changed();
    });
    addEventListener("pagehide", () => this.#remember());
  }

  get zoom() {
    return this.#zoom;
  }

  toBoard(clientX: number, clientY: number): [number, number] {
    return [(clientX - this.#rect.left) / this.#zoom - this.#x, (clientY - this.#rect.top) / this.#zoom - this.#y];
  }

  toClient(x: number, y: number): [number, number] {
    return [(x + this.#x) * this.#zoom + this.#rect.left, (y + this.#y) * this.#zoom + this.#rect.top];
  }

  /** The part of the board in the window. */
  view(): Box {
    const { width, height } = this.#rect;
    return {
      left: -this.#x,
      top: -this.#y,
      right: width / this.#zoom - this.#x,
      bottom: height / this.#zoom - this.#y,
    };
  }

  /** The place of the board in the middle of the window. */
  middle() {
    const { left, top, right, bottom } = this.view();
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }

  /**
   * The view that this tab had, or else the origin, or all shapes if the origin does not show all of them.
   * @param seen what the window shows already, and must go on showing
   */
  start(shapes: Box | null, seen?: Box | null) {
    const remembered = this.#recall();
    if (seen) {
      [this.#x, this.#y, this.#zoom] = [-seen.left, -seen.top, this.#rect.width / (seen.right - seen.left)];
    } else if (remembered) {
      [this.#x, this.#y, this.#zoom] = remembered;
    } else if (shapes && !within(shapes, this.#clearing())) this.fit(shapes);
    this.#changed();
  }

  /** @param dy in screen px */
  panBy(dx: number, dy: number) {
    this.onTaken();
    this.#moveBy(dx / this.#zoom, dy / this.#zoom);
    this.#changed();
  }

  /**
   * Zooms and keeps what is at this place of the window there.
   * @param clientX the middle by default
   */
  zoomTo(
    zoom: number,
    clientX: number = this.#rect.left + this.#rect.width / 2,
    clientY: number = this.#rect.top + this.#rect.height / 2,
  ) {
    this.onTaken();
    const [x, y] = this.toBoard(clientX, clientY);
    this.#zoom = Math.min(
      MOST,
      zoom >= LEAST ? zoom : Math.max(zoom, Math.min(LEAST, this.#zoom, this.#fitting(this.content()))),
    );
    const [nowX, nowY] = this.toBoard(clientX, clientY);
    this.#moveBy(nowX - x, nowY - y);
    this.#changed();
  }

  /** To the next stop. */
  step(direction: 1 | -1) {
    if (direction < 0) return this.zoomTo(STOPS.findLast((stop) => stop < this.#zoom / 1.01) ?? this.#zoom / 2);
    this.zoomTo(
      this.#zoom < LEAST ? Math.min(LEAST, 2 * this.#zoom) : (STOPS.find((stop) => stop > this.#zoom * 1.01) ?? MOST),
    );
  }

  /** Brings the box to the middle if not all of it is to be seen; smaller, if it is larger than the window. */
  reveal(box: Box) {
    const clear = this.#clearing();
    if (within(box, clear)) return;
    if (box.right - box.left > clear.right - clear.left || box.bottom - box.top > clear.bottom - clear.top)
      return this.fit(box);
    this.#centre(box, this.#zoom);
  }

  /** Shows all of the box beside the panels, never larger than life. */
  fit(box: Box | null) {
    this.onTaken();
    if (!box) return this.#place(0, 0, 1);
    this.#centre(box, this.#fitting(box));
  }

  /** The zoom at which all of it is seen. */
  #fitting(box: Box | null) {
    if (!box) return 1;
    const { left, top, right, bottom } = this.clear();
    return Math.min(
      1,
      Math.max(
        FARTHEST,
        Math.min(
          (right - left) / Math.max(1, box.right - box.left),
          (bottom - top) / Math.max(1, box.bottom - box.top),
        ),
      ),
    );
  }

  /** Puts the middle of the box into the middle of what no panel covers. */
  #centre(box: Box, zoom: number) {
    const { left, top, right, bottom } = this.clear();
    const x = (left + right) / 2 - this.#rect.left;
    const y = (top + bottom) / 2 - this.#rect.top;
    this.#place(x / zoom - (box.left + box.right) / 2, y / zoom - (box.top + box.bottom) / 2, zoom);
  }

  /** The part of the board that no panel covers. */
  #clearing(): Box {
    const clear = this.clear();
    const [left, top] = this.toBoard(clear.left, clear.top);
    const [right, bottom] = this.toBoard(clear.right, clear.bottom);
    return { left, top, right, bottom };
  }

  /** Shows all of the box, as large as that can be: what somebody else sees. */
  show({ left, top, right, bottom }: Box) {
    const { width, height } = this.#rect;
    const zoom = Math.min(MOST, Math.max(FARTHEST, Math.min(width / (right - left), height / (bottom - top))));
    this.#place(width / 2 / zoom - (left + right) / 2, height / 2 / zoom - (top + bottom) / 2, zoom);
  }

  /** Not beyond the end of the board, where nothing could be drawn. @param dy in board px */
  #moveBy(dx: number, dy: number) {
    const { width, height } = this.#rect;
    const x = held(this.#x + dx, this.#x, width / this.#zoom);
    const y = held(this.#y + dy, this.#y, height / this.#zoom);
    if (x !== this.#x + dx || y !== this.#y + dy) this.onEdge();
    [this.#x, this.#y] = [x, y];
  }

  #place(x: number, y: number, zoom: number) {
    this.#x = x;
    this.#y = y;
    this.#zoom = zoom;
    this.#changed();
  }

  #changed() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#apply();
    });
  }

  #apply() {
    const transform = `scale(${this.#zoom}) translate3d(${this.#x}px, ${this.#y}px, 0)`;
    for (const layer of this.#layers) layer.style.transform = transform;
    this.onMove(this.#x * this.#zoom, this.#y * this.#zoom, this.#zoom);
    const view = this.view();
    if (!this.#drawn || !within(view, this.#drawn)) {
      this.#drawn = around(view);
      this.onView(this.#drawn);
    }
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(), REST);
  }

  /**
   * A layer keeps the resolution that it was painted at for as long as it says `will-change`: let that go for a frame. It
   * stays a layer, thanks to translate3d; else all would be painted twice.
   */
  #rest() {
    this.#remember();
    this.onRest();
    if (this.#sharp === this.#zoom) return;
    this.#sharp = this.#zoom;
    this.#drawn = around(this.view());
    this.onView(this.#drawn);
    for (const layer of this.#layers) layer.style.willChange = "auto";
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        for (const layer of this.#layers) layer.style.willChange = "transform";
      }),
    );
  }

  #remember() {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify([this.#x, this.#y, this.#zoom]));
    } catch {
      // The view is then not remembered; nothing else depends on it.
    }
  }

  #recall(): number[] | null {
    try {
      const view = JSON.parse(sessionStorage.getItem(this.#key) ?? "null");
      const sound = Array.isArray(view) && view.length === 3 && view.every(Number.isFinite) && view[2] > 0;
      return sound ? view : null;
    } catch {
      return null;
    }
  }
}

function within(inner: Box, outer: Box) {
  return (
    inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom
  );
}

function around(view: Box): Box {
  const width = (view.right - view.left) * MARGIN;
  const height = (view.bottom - view.top) * MARGIN;
  return { left: view.left - width, top: view.top - height, right: view.right + width, bottom: view.bottom + height };
}
