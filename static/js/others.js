// @ts-check
// What others do, in words, for who has asked to hear it.
import { read } from "./kinds/index.js";
import { nameOf } from "./names.js";
import { settings } from "./settings.js";

/** @import { Editor } from "./editor.js" */
/** @import { Pending } from "./pending.js" */

/** So much is gathered before it is said, in ms: a busy board would never be silent. */
const GATHERED = 1_500;

/** @typedef {"added" | "changed" | "removed"} Deed */

export class Others {
  #editor;
  #pending;
  /** The last that was done to each shape, and the shape's name. @type {Map<string, { deed: Deed, name: string }>} */
  #done = new Map();

  /** @param {Editor} editor @param {Pending} pending what is this person's own */
  constructor(editor, pending) {
    this.#editor = editor;
    this.#pending = pending;
  }

  /** A message, before it is on the board. @param {SVGSVGElement} message */
  hear(message) {
    if (!settings.announce) return;
    const own = this.#pending.ids();
    for (const element of message.children) {
      const removed = element.getAttribute("data-removed");
      const id = removed ?? element.id;
      if (own.has(id)) continue;
      const before = this.#editor.shapes.get(id);
      const shape = removed === null ? read(element) : before;
      if (shape) this.#tell(id, removed !== null ? "removed" : before ? "changed" : "added", nameOf(shape));
    }
  }

  /** @param {string} id @param {Deed} deed @param {string} name */
  #tell(id, deed, name) {
    if (!this.#done.size) setTimeout(() => this.#say(), GATHERED);
    const known = this.#done.get(id);
    this.#done.set(id, { deed: known?.deed === "added" && deed === "changed" ? "added" : deed, name });
  }

  #say() {
    const done = [...this.#done.values()];
    this.#done.clear();
    this.#editor.announce(`Somebody ${sentence(done)}.`);
  }
}

/** @param {{ deed: Deed, name: string }[]} done */
function sentence(done) {
  const all = /** @type {Deed[]} */ (["added", "changed", "removed"]);
  const parts = all.flatMap((deed) => {
    const those = done.filter((one) => one.deed === deed);
    if (!those.length) return [];
    return `${deed} ${those.length === 1 ? those[0].name : `${those.length} shapes`}`;
  });
  return parts.join(", ");
}
