// Shapes as one picture that needs nothing of this page: no style sheet, no font, no file.

import { element } from "../ground/element.ts";
import { union } from "../kinds/geometry.ts";
import { boardBox, element as draw } from "../kinds/index.ts";
import { SVG, shapesGroup, svgElement } from "../kinds/svg-element.ts";
import type { Box, Find, Shape } from "../types/shape.ts";

/** Room around the shapes, in px. */
const MARGIN = 16;

/** What a style sheet decides about a part of a shape. */
const PAINTS = ["fill", "stroke"];

/**
 * The picture, in the colours of light paper.
 * @param shapes from the bottom up
 * @returns in px
 */
export async function snapshot(shapes: Shape[], find: Find): Promise<{ svg: string; width: number; height: number }> {
  const box: Box = shapes.map((shape) => boardBox(shape, find)).reduce((all, one) => union(all, one));
  const [x, y] = [Math.floor(box.left) - MARGIN, Math.floor(box.top) - MARGIN];
  const [width, height] = [Math.ceil(box.right) + MARGIN - x, Math.ceil(box.bottom) + MARGIN - y];
  const svg = svgElement("svg", {
    xmlns: SVG,
    viewBox: `${x} ${y} ${width} ${height}`,
    width,
    height,
    "xml:space": "preserve",
  });
  const group = shapesGroup("drafts");
  group.append(...shapes.map((shape) => draw(shape, find)));
  svg.append(group);
  paint(svg, group);
  group.removeAttribute("class");
  await Promise.all([...svg.querySelectorAll("image")].map(inline));
  const style = await fonts(svg.textContent ?? "");
  if (style) svg.prepend(style);
  return { svg: new XMLSerializer().serializeToString(svg), width, height };
}

/** Writes down what the page's style sheets make of each part: other programs know nothing of them. */
function paint(svg: SVGSVGElement, group: Element) {
  const hex = colors();
  svg.style.cssText = "position: absolute; visibility: hidden; color-scheme: light";
  document.body.append(svg);
  const styled = [...group.querySelectorAll("*")].map((part) => ({ part, style: getComputedStyle(part) }));
  const painted = styled.map(({ part, style }) => {
    const paints = PAINTS.map((name) => [name, hex(style.getPropertyValue(name))]);
    if (style.stroke !== "none") paints.push(["stroke-width", String(parseFloat(style.strokeWidth))]);
    return { part, text: part.tagName === "text", paints };
  });
  svg.remove();
  svg.removeAttribute("style");
  for (const { part, text, paints } of painted) {
    for (const [name, value] of paints) part.setAttribute(name, value);
    if (text) part.setAttribute("font-family", "Shantell Sans, sans-serif");
    for (const name of ["class", "data-shape", "data-group", "data-locked", "id", "color"]) part.removeAttribute(name);
  }
}

/** Any colour of CSS as #rrggbb, which every program knows. */
function colors(): (paint: string) => string {
  const canvas = element("canvas").getContext("2d", { willReadFrequently: true });
  const known: Map<string, string> = new Map([["none", "none"]]);
  return (paint) => {
    if (!known.has(paint) && canvas) {
      canvas.fillStyle = paint;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(paint, `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`);
    }
    return known.get(paint) ?? paint;
  };
}

/** The faces of our font that these letters need, within the picture. */
async function fonts(text: string) {
  if (!text.trim()) return null;
  const faces = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule);
  const needed = faces.filter(({ style }) =>
    [...text].some((letter) => isInRanges(letter, style.getPropertyValue("unicode-range"))),
  );
  const rules = await Promise.all(
    needed.map(async ({ style }) => {
      const address = /url\("([^"]+)"\)/.exec(style.getPropertyValue("src"))?.[1];
      return address
        ? `@font-face { font-family: "Shantell Sans"; src: url(${await dataUrl(address)}) format("woff2"); unicode-range: ${style.getPropertyValue("unicode-range")} }`
        : "";
    }),
  );
  const element = svgElement("style");
  element.textContent = rules.join("\n");
  return element;
}

/** @param ranges as CSS writes them: "U+0-FF, U+131" */
function isInRanges(letter: string, ranges: string) {
  const code = letter.codePointAt(0) ?? 0;
  return ranges.split(",").some((range) => {
    const [from, to = from] = range.trim().slice(2).split("-");
    return code >= parseInt(from, 16) && code <= parseInt(to, 16);
  });
}

async function inline(image: SVGImageElement) {
  const href = image.getAttribute("href");
  if (href) image.setAttribute("href", await dataUrl(href));
}

/** @param address of this site's */
async function dataUrl(address: string): Promise<string> {
  const blob = await (await fetch(address)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
