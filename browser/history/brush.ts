/** How a canvas paints parts of an SVG element, with the look that they have on the page. */

export type Paint = (context: CanvasRenderingContext2D) => void;

export function numbers(element: SVGElement, ...names: string[]) {
  return names.map((name) => Number(element.getAttribute(name) ?? 0));
}

export function placeOf(element: SVGElement) {
  return (element as SVGGraphicsElement).transform?.baseVal.consolidate()?.matrix ?? null;
}

export function placed(place: DOMMatrix | null, paint: Paint): Paint {
  if (!place) return paint;
  const { a, b, c, d, e, f } = place;
  return (context) => {
    context.save();
    context.transform(a, b, c, d, e, f);
    paint(context);
    context.restore();
  };
}

/** The cropped part of a picture, whose own px are those of the `viewBox`. */
export function windowed(element: SVGElement, paint: Paint): Paint {
  const [x, y, width, height] = numbers(element, "x", "y", "width", "height");
  const [left, top, wide, high] = (element.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
  return (context) => {
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.translate(x, y);
    context.scale(width / wide, height / high);
    context.translate(-left, -top);
    paint(context);
    context.restore();
  };
}

function outlineOf(element: SVGElement) {
  if (element.tagName === "path") return new Path2D(element.getAttribute("d") ?? "");
  const path = new Path2D();
  const [x, y, width, height, rx, cx, cy, ry, r] = numbers(
    element,
    "x",
    "y",
    "width",
    "height",
    "rx",
    "cx",
    "cy",
    "ry",
    "r",
  );
  if (element.tagName === "rect") path.roundRect(x, y, width, height, Math.min(rx, width / 2, height / 2));
  else path.ellipse(cx, cy, rx || r, ry || r, 0, 0, 2 * Math.PI);
  return path;
}

export function figure(element: SVGElement): Paint {
  const path = outlineOf(element);
  const { fill, stroke, strokeWidth, strokeDasharray } = getComputedStyle(element);
  const width = Number.parseFloat(strokeWidth);
  const dashes = strokeDasharray === "none" ? [] : strokeDasharray.split(",").map((dash) => Number.parseFloat(dash));
  return placed(placeOf(element), (context) => {
    if (fill !== "none") {
      context.fillStyle = fill;
      context.fill(path);
    }
    if (stroke === "none" || !width) return;
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.setLineDash(dashes);
    context.stroke(path);
    context.setLineDash([]);
  });
}

const ALIGN: Record<string, CanvasTextAlign> = { start: "left", middle: "center", end: "right" };

export function lettering(element: SVGElement): Paint {
  const { fill, fontFamily, fontSize, textAnchor } = getComputedStyle(element);
  const lines = [...element.children].map((line) => ({
    text: line.textContent ?? "",
    place: numbers(line as SVGElement, "x", "y"),
  }));
  return (context) => {
    context.font = `${fontSize} ${fontFamily}`;
    context.fontKerning = "none";
    context.textAlign = ALIGN[textAnchor] ?? "left";
    context.fillStyle = fill;
    for (const { text, place } of lines) context.fillText(text, place[0], place[1]);
  };
}
