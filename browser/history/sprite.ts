import { boardBox, svg } from "../kinds/index.ts";
import type { Box, Find, Shape } from "../types/shape.ts";
import { figure, lettering, numbers, type Paint, placed, placeOf, windowed } from "./brush.ts";

/** A shape as a canvas paints it, in twentieths of a board px. */
export interface Sprite {
  /** Around all that is painted, in board px. */
  box: Box;
  paint(context: CanvasRenderingContext2D): void;
}

/** Makes sprites from the very elements that the page draws, with the look that the style sheet gives them. */
export class Sprites {
  #group;
  /** Notified when a picture has come. */
  #loaded;
  #images: Map<string, HTMLImageElement> = new Map();
  /** By the class of a stroke, which is its colour. */
  #colors: Map<string, string> = new Map();

  /** @param group in the document, hidden, of the class `lifted` */
  constructor(group: SVGGElement, loaded: () => void) {
    this.#group = group;
    this.#loaded = loaded;
  }

  /** The theme has changed. */
  forget() {
    this.#colors.clear();
  }

  of(shape: Shape, find: Find): Sprite {
    const box = boardBox(shape, find);
    this.#group.innerHTML = svg(shape, find);
    const element = this.#group.firstElementChild as SVGElement;
    const paint = element.tagName === "path" ? this.#stroke(element) : this.#whole(element);
    return { box, paint };
  }

  /** Thousands are plain strokes: their look is read from their attributes. */
  #stroke(element: SVGElement): Paint {
    const path = new Path2D(element.getAttribute("d") ?? "");
    const color = element.getAttribute("stroke") ?? this.#color(element);
    const width = Number(element.getAttribute("stroke-width") ?? 80);
    const alpha = Number(element.getAttribute("stroke-opacity") ?? 1);
    const place = placeOf(element);
    return placed(place, (context) => {
      context.globalAlpha = alpha;
      context.strokeStyle = color;
      context.lineWidth = width;
      context.stroke(path);
      context.globalAlpha = 1;
    });
  }

  #color(element: SVGElement) {
    const name = element.getAttribute("class") ?? "";
    const known = this.#colors.get(name) ?? getComputedStyle(element).stroke;
    this.#colors.set(name, known);
    return known;
  }

  #whole(element: SVGElement): Paint {
    const parts: Paint[] = [];
    for (const child of element.children) parts.push(this.#part(child as SVGElement));
    const alpha = Number(element.getAttribute("opacity") ?? 1);
    return placed(placeOf(element), (context) => {
      context.globalAlpha *= alpha;
      for (const part of parts) part(context);
      context.globalAlpha = 1;
    });
  }

  #part(element: SVGElement): Paint {
    if (element.tagName === "text") return lettering(element);
    if (element.tagName === "image") return this.#image(element);
    if (element.tagName === "title") return () => {};
    if (element.tagName === "g" || element.tagName === "svg") {
      const parts = [...element.children].map((child) => this.#part(child as SVGElement));
      const all: Paint = (context) => parts.forEach((part) => void part(context));
      return element.tagName === "svg" ? windowed(element, all) : placed(placeOf(element), all);
    }
    return figure(element);
  }

  #image(element: SVGElement): Paint {
    const href = element.getAttribute("href") ?? "";
    let image = this.#images.get(href);
    if (!image) {
      image = new Image();
      image.addEventListener("load", this.#loaded);
      image.src = href;
      this.#images.set(href, image);
    }
    const shown = image;
    const [x, y, width, height] = numbers(element, "x", "y", "width", "height");
    return (context) => {
      if (shown.complete && shown.naturalWidth) context.drawImage(shown, x, y, width, height);
    };
  }
}
