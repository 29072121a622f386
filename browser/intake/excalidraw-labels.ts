// Which of Excalidraw's texts are the labels of other shapes. Ours stand in the middle. Pure. The same as
// app/exchange/excalidraw/labels.py.
import type { Element } from "./excalidraw-element.ts";
import { number } from "./values.ts";

/** Times the height of its label: in the middle the label would be somewhere else. */
const ROOMY = 2;

/**
 * By the ids of shapes their labels; and by the ids of a shape and a text that stays beside it, their group. A label at the top or the
 * bottom of a roomy shape, such as the title of a part of a diagram, stays a text.
 */
export function labelsOf(elements: Element[]) {
  const holders = new Map(elements.filter(({ type }) => type !== "text").map((element) => [element.id, element]));
  const labels: Map<string, Element> = new Map();
  const ties: Map<string, string> = new Map();
  for (const text of elements) {
    const holder = text.type === "text" ? holders.get(text.containerId) : undefined;
    if (!holder) continue;
    if (!isApart(text, holder)) labels.set(holder.id, text);
    else if (!holder.groupIds?.length) for (const { id } of [holder, text]) ties.set(id, `${holder.id} and its title`);
  }
  return { labels, ties };
}

function isApart(text: Element, holder: Element) {
  const roomy = number(holder.height) > ROOMY * number(text.height);
  return ["top", "bottom"].includes(text.verticalAlign) && roomy && holder.type !== "arrow";
}
