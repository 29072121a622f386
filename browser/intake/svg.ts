// A drawing in SVG as it can be painted: read apart from the page, where nothing in it runs or loads, and without what a picture may not show.
import { SVG } from "../kinds/svg-element.ts";

/** Its longest side when it is painted, in px: an icon of 24 px stays sharp when somebody makes it large. */
const LEAST = 2_048;
const MOST = 4_096;

/** Document types are kept, since drawing programs name their namespaces there; longer ones, or entities made of entities, are bombs. In characters. */
const LONGEST_TYPE = 10_000;

/** Of a drawing that says nothing of its size, as browsers have it. In px. */
const UNKNOWN = [300, 150];

/** Px */
const UNITS: Record<string, number> = {
  "": 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  em: 16,
  ex: 8,
};

/** `width` and `height` in px as it is meant, `across` and `down` as it is to be painted; `note` says what is left out. */
type Drawing = { svg: string; width: number; height: number; across: number; down: number; note: string };

/** @returns a string says why it cannot be painted: it goes on after "… is" */
export function drawingOf(text: string): Drawing | string {
  const type = /<!doctype[^>]*?\[([^]*?)\]\s*>/i.exec(text)?.[1] ?? "";
  if (type.length > LONGEST_TYPE || /<!ENTITY\s+%|<!ENTITY[^>]*&(?!#|lt;|gt;|amp;|quot;|apos;)/.test(type))
    return "an SVG drawing with entities made of entities, which Easel does not open.";
  const root = parsed(text);
  if (!root) return "an SVG drawing, but it is damaged, or its end is missing.";
  const [width, height] = sizeOf(root);
  if (!(width > 0 && height > 0 && width < 1e6 && height < 1e6))
    return "an SVG drawing without a size that can be painted.";
  const note = cleared(root);
  const scale = Math.min(MOST, Math.max(LEAST, 2 * Math.max(width, height))) / Math.max(width, height);
  const [across, down] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  if (!root.hasAttribute("viewBox")) root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  root.setAttribute("width", `${across}`);
  root.setAttribute("height", `${down}`);
  return { svg: new XMLSerializer().serializeToString(root), width, height, across, down, note };
}

/** As XML; code that was copied out of a web page lacks namespaces, which the reader of HTML knows. */
function parsed(text: string): Element | null {
  const xml = new DOMParser().parseFromString(text.replace(/^\s*<\?xml[^]*?\?>/, ""), "image/svg+xml");
  if (xml.documentElement.namespaceURI === SVG && !xml.querySelector("parsererror")) return xml.documentElement;
  if (!/<\/svg\s*>\s*$/.test(text)) return null;
  return new DOMParser().parseFromString(text, "text/html").querySelector("svg");
}

/** @returns width and height in px */
function sizeOf(root: Element): number[] {
  const box = (root.getAttribute("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [boxWidth, boxHeight] = box.length === 4 && box[2] > 0 && box[3] > 0 ? box.slice(2) : UNKNOWN;
  const [width, height] = ["width", "height"].map((side) => length(root.getAttribute(side)));
  return [
    width ?? (height === null ? boxWidth : (height * boxWidth) / boxHeight),
    height ?? (width === null ? boxHeight : (width * boxHeight) / boxWidth),
  ];
}

/** @returns px; null for what depends on a page */
function length(value: string | null): number | null {
  const [, number, unit = ""] = /^\s*([\d.eE+-]+)\s*([a-z]*)\s*$/.exec(value ?? "") ?? [];
  return number !== undefined && unit in UNITS && Number.isFinite(Number(number)) ? Number(number) * UNITS[unit] : null;
}

/** Takes out what is not drawn. @returns what a person would miss */
function cleared(root: Element): string {
  const html = root.querySelectorAll("foreignObject");
  const linked = [...root.querySelectorAll("image, feImage, use")].filter(
    (element) =>
      !/^\s*(#|data:)/i.test(
        element.getAttribute("href") ?? element.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "#",
      ),
  );
  for (const element of [...html, ...linked, ...root.querySelectorAll("script")]) element.remove();
  return [html.length && "its parts in HTML (foreignObject)", linked.length && "pictures that it only links to"]
    .filter(Boolean)
    .join(" and ");
}
