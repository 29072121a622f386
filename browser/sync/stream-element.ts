/**
 * The element by which htmx keeps a stream open, with our listeners on it. htmx is through with an element whose stream has ended
 * for good: then another takes its place.
 */
export class StreamElement {
  #element;
  #listeners: [name: string, listener: (event: Event) => void][] = [];

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  get isOnPage() {
    return this.#element.isConnected;
  }

  /** @param listener gets the event's detail */
  on(name: string, listener: (detail: any) => void) {
    // An element that was given up may still speak.
    const heard = (event: Event) => event.currentTarget === this.#element && listener((event as CustomEvent).detail);
    this.#listeners.push([name, heard]);
    this.#element.addEventListener(name, heard);
  }

  remove() {
    this.#element.remove();
  }

  /** Returns the new element, which is on the page. */
  replace(): HTMLElement {
    const element = this.#element.cloneNode() as HTMLElement;
    element.removeAttribute("data-htmx-powered");
    for (const [name, listener] of this.#listeners) element.addEventListener(name, listener);
    this.#element = element;
    document.body.append(element);
    return element;
  }
}
