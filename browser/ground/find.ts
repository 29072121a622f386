/** An element that the page has. A shape may have any id too: what comes behind the shapes is found as a child of the canvas. */
export function find<E extends Element>(selector: string, type: new () => E): E {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
}
