import type { Board } from "../board.ts";
import { shapesGroup, svgElement } from "../kinds/svg-element.ts";
import type { Fold } from "./fold.ts";
import { Gallery } from "./gallery.ts";
import { Painter, type View } from "./painter.ts";
import { Sprites } from "./sprite.ts";

/** How long the view rests before it is painted anew, in ms. */
const REST = 120;

/** Of the screen for one of the page's px: more would cost more than it shows. */
const MOST_RATIO = 2;

/** The canvas over the board on which its past is seen, through the board's own camera. */
export class Stage {
  canvas = document.createElement("canvas");
  #camera;
  #host = svgElement("svg", { class: "measuring", "aria-hidden": "true" });
  #painter: Painter;
  #gallery: Gallery;
  /** The view that the canvas was painted for. */
  #painted: View = { x: 0, y: 0, zoom: 1 };
  #now: View = { x: 0, y: 0, zoom: 1 };
  #resting: ReturnType<typeof setTimeout> | undefined;
  #stop;

  /** @param after the element above which it stands */
  constructor({ camera }: Board, fold: Fold, after: Element) {
    this.#camera = camera;
    this.canvas.id = "replayed";
    const group = shapesGroup("lifted");
    this.#host.append(group);
    after.after(this.canvas, this.#host);
    this.#gallery = new Gallery(fold, new Sprites(group, () => this.#painter.spoil()));
    this.#painter = new Painter(fold, this.#gallery, this.canvas);
    this.#stop = camera.moves.add((x, y, zoom) => this.#move({ x: x / zoom, y: y / zoom, zoom }));
    const { left, top } = camera.view();
    this.#now = { x: -left, y: -top, zoom: camera.zoom };
    this.#look();
    document.fonts.addEventListener("loadingdone", this.#restyled);
    void document.fonts.load('20px "Shantell Sans"');
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.#restyled);
    this.#theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  /** Goes on towards the board after `at` changes. @param passed ms since the frame before */
  paint(at: number, passed: number) {
    this.#painter.paint(at, passed);
  }

  get shown() {
    return this.#painter.shown;
  }

  /** Around what these shapes show now. */
  boxesOf(ids: Iterable<string>) {
    return [...ids].flatMap((id) => this.#gallery.of(id)?.box ?? []);
  }

  close() {
    clearTimeout(this.#resting);
    this.#stop();
    this.canvas.remove();
    this.#host.remove();
    document.fonts.removeEventListener("loadingdone", this.#restyled);
    matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", this.#restyled);
    this.#theme.disconnect();
  }

  #restyled = () => {
    this.#gallery.forget();
    this.#painter.spoil();
  };

  #theme = new MutationObserver(this.#restyled);

  /** While the camera moves, the compositor moves the picture that there is. */
  #move(view: View) {
    this.#now = view;
    const scale = view.zoom / this.#painted.zoom;
    const x = (view.x - this.#painted.x) * view.zoom;
    const y = (view.y - this.#painted.y) * view.zoom;
    this.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#look(), REST);
  }

  #look() {
    const { left, top, right, bottom } = this.#camera.view();
    const { zoom } = this.#now;
    this.#painted = this.#now;
    this.canvas.style.transform = "";
    const ratio = Math.min(devicePixelRatio, MOST_RATIO);
    this.#painter.look(this.#now, (right - left) * zoom, (bottom - top) * zoom, ratio);
  }
}
