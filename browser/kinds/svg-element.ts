export const SVG = "http://www.w3.org/2000/svg";

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number> = {},
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}

/** A group to draw shapes in, whose paths are in twentieths of a px. @param name its class */
export function shapesGroup(name: string) {
  return svgElement("g", {
    class: name,
    transform: "scale(.05)",
    fill: "none",
    "stroke-width": 80,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}
