import { overlaps } from "../kinds/geometry.ts";
import type { Box } from "../types/shape.ts";
import type { Fold } from "./fold.ts";
import type { Gallery } from "./gallery.ts";
import { type Job, Jobs } from "./job.ts";
import { Keyframes } from "./keyframes.ts";
import { Pace } from "./pace.ts";
import { type Picture, picture } from "./picture.ts";

/** Where the window is: screen = (board + x) · zoom. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/**
 * Paints the board after so many changes, as far as a frame has time for it. It goes there by way of what it shows, or of
 * the nearest of the pictures that it keeps. What takes more than a frame is painted behind what is seen.
 */
export class Painter {
  /** How many changes the picture has that is seen; null before there is one. */
  shown: number | null = null;
  #fold;
  #gallery;
  #seen;
  #behind = picture(document.createElement("canvas"));
  #scratch = picture(document.createElement("canvas"));
  #keyframes;
  #jobs;
  #pace = new Pace();
  #job: Job | null = null;
  #view: View = { x: 0, y: 0, zoom: 1 };

  constructor(fold: Fold, gallery: Gallery, canvas: HTMLCanvasElement) {
    this.#fold = fold;
    this.#gallery = gallery;
    this.#seen = picture(canvas);
    this.#keyframes = new Keyframes(() => this.#fold.length);
    this.#jobs = new Jobs(fold, gallery, () => this.#box());
  }

  /** @param ratio px of the screen for one of the page's */
  look(view: View, width: number, height: number, ratio: number) {
    this.#view = { ...view, zoom: view.zoom * ratio };
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    for (const { canvas } of [this.#seen, this.#behind])
      if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    this.spoil();
  }

  /** What was painted is no longer how it looks. */
  spoil() {
    this.shown = null;
    this.#job = null;
    this.#keyframes.clear();
  }

  /** Goes on towards the board after `at` changes. @param passed ms since the frame before */
  paint(at: number, passed: number) {
    this.#pace.frame(passed);
    if (this.shown !== at) this.#hop(at);
    if (this.#job && !this.#job.shown && this.shown !== at) this.#job = null;
    if (!this.#job) this.#job = this.shown === at ? this.#keep() : this.#plan(at);
    if (this.#job) this.#work(this.#job);
  }

  /** To the nearest picture there is, if what is seen is farther away. */
  #hop(at: number) {
    const kept = this.#keyframes.nearest(at);
    if (!kept || (this.shown !== null && Math.abs(this.shown - at) <= Math.abs(kept.at - at))) return;
    this.#seen.replace(kept.picture);
    this.shown = kept.at;
    this.#job = null;
  }

  /** A step towards a moment: as many changes as a frame can paint, or a single one. */
  #plan(at: number): Job {
    if (this.shown === null) return this.#jobs.whole(at, true);
    const way = Math.sign(at - this.shown);
    let step = Math.min(Math.abs(at - this.shown), this.#pace.quota);
    for (;;) {
      const job = this.#jobs.difference(this.shown, this.shown + way * step, this.#seen, true);
      if (step === 1 || job.ids.length <= this.#pace.quota) return job;
      step = Math.ceil(step / 4);
    }
  }

  /** A picture that is still to be kept, once all is seen. */
  #keep(): Job | null {
    const missing = this.#keyframes.missing();
    if (missing === null) return null;
    const kept = this.#keyframes.nearest(missing);
    if (!kept || Math.abs(kept.at - missing) >= missing) return this.#jobs.whole(missing, false);
    return this.#jobs.difference(kept.at, missing, kept.picture, false);
  }

  /** Paints as much of it as a frame can. */
  #work(job: Job) {
    const { quota } = this.#pace;
    const atOnce = job.base === this.#seen && job.ids.length <= quota;
    const target = job.target ?? (atOnce ? this.#seen : this.#behind);
    this.#fold.seek(job.at);
    if (!job.target) this.#begin(job, target);
    job.target = target;
    const view = this.#box();
    const end = Math.min(job.ids.length, job.next + quota);
    for (; job.next < end; job.next++) {
      const sprite = this.#gallery.of(job.ids[job.next]);
      if (sprite && overlaps(sprite.box, view)) sprite.paint(target.context);
    }
    // Browsers put off what is painted on a canvas until its picture is needed: then all of it would be one late frame.
    this.#scratch.context.drawImage(target.canvas, 0, 0, 1, 1, 0, 0, 1, 1);
    if (job.ids.length >= quota / 2) this.#pace.spent();
    if (job.next === job.ids.length) this.#done(job, target);
  }

  #done(job: Job, target: Picture) {
    target.context.restore();
    this.#job = null;
    if (job.shown) {
      if (target !== this.#seen) this.#seen.replace(target);
      this.shown = job.at;
    }
    this.#keyframes.keep(job.at, target);
  }

  #begin({ base, boxes }: Job, target: Picture) {
    const { x, y, zoom } = this.#view;
    const { context } = target;
    if (base !== target) {
      context.reset(); // a job that was given up has left its clip
      if (base) target.replace(base);
    }
    context.save();
    context.setTransform(zoom, 0, 0, zoom, x * zoom, y * zoom);
    if (boxes) this.#clear(context, boxes);
    context.scale(0.05, 0.05); // paths are in twentieths of a px
    context.lineCap = "round";
    context.lineJoin = "round";
  }

  /** Clears the boxes, and lets nothing be painted beside them. */
  #clear(context: CanvasRenderingContext2D, boxes: Box[]) {
    const { x, y, zoom } = this.#view;
    context.beginPath();
    for (const { left, top, right, bottom } of boxes) {
      // Whole px: else the edges would fade.
      const [across, down] = [Math.floor((left + x) * zoom) - 1, Math.floor((top + y) * zoom) - 1];
      const [wide, high] = [Math.ceil((right + x) * zoom) + 1 - across, Math.ceil((bottom + y) * zoom) + 1 - down];
      context.rect(across / zoom - x, down / zoom - y, wide / zoom, high / zoom);
    }
    context.clip();
    const view = this.#box();
    context.clearRect(view.left, view.top, view.right - view.left, view.bottom - view.top);
  }

  /** The part of the board that is seen. */
  #box(): Box {
    const { x, y, zoom } = this.#view;
    const { width, height } = this.#seen.canvas;
    return { left: -x, top: -y, right: width / zoom - x, bottom: height / zoom - y };
  }
}
