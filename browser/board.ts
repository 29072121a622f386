import { Listeners } from "./ground/listeners.ts";
import type { Role } from "./ground/role.ts";
import { edits } from "./ground/role.ts";
import { contained, ENDS_HERE, TOO_LARGE } from "./kinds/world.ts";
import type { Selection } from "./scene/selection.ts";
import type { Shapes } from "./scene/shapes.ts";
import { loosened } from "./select/transforms.ts";
import { toast } from "./site/toast.ts";
import type { Change } from "./types/change.ts";
import type { Patch, Shape } from "./types/shape.ts";
import type { Camera } from "./view/camera.ts";

/** What is on the board, what of it is selected and seen, and the one way to change it. */
export class Board {
  shapes;
  selection;
  camera;
  /** Says why this person may only look, in a sentence. */
  onlyLooks;
  /** Keeps shapes in this browser that cannot be put on the board. `why` is a sentence. */
  setAside;
  /** The page shows the board as it was, which nobody can change. */
  past = false;
  #role;
  #commits: Listeners<[Change]> = new Listeners();

  constructor({
    shapes,
    selection,
    camera,
    role,
    onlyLooks,
    setAside,
  }: {
    shapes: Shapes;
    selection: Selection;
    camera: Camera;
    /** This person's role now: it may change while the page is open. */
    role: () => Role;
    onlyLooks: () => string;
    setAside: (why: string, shapes: Shape[]) => void;
  }) {
    this.shapes = shapes;
    this.selection = selection;
    this.camera = camera;
    this.onlyLooks = onlyLooks;
    this.setAside = setAside;
    this.#role = role;
  }

  get mayEdit() {
    return !this.past && edits(this.#role());
  }

  /** Whether the board is this person's. */
  get owns() {
    return this.#role() === "owner";
  }

  /** Moves the board until these are seen. */
  show(ids: Iterable<string>) {
    const box = this.shapes.bounds(ids);
    if (box) this.camera.reveal(box);
  }

  /** Whether the owner's lock keeps this person from changing the shape. */
  holds({ locked }: Shape) {
    return locked === "owner" && !this.owns;
  }

  /** Shows a change at once and sends it. One call is one step of undo. */
  commit({ put = [], patch = {}, remove = [], clears }: Change) {
    const there = Object.entries(patch).filter(([id]) => this.shapes.has(id));
    const patches = { ...Object.fromEntries(there), ...this.#loosened(remove, patch) };
    if (!this.mayEdit || !(put.length || remove.length || Object.keys(patches).length)) return;
    const change = contained({ put, patch: patches, remove }, this.shapes.find);
    if (change?.put !== put || change.patch !== patches) toast("info", change ? ENDS_HERE : TOO_LARGE);
    if (change) this.#commits.tell(clears ? { ...change, clears } : change);
  }

  /** Lines stay as they are seen when what they are bound to goes. @param patch of the same change */
  #loosened(remove: string[], patch: Record<string, Patch>) {
    const gone = new Set(remove);
    const loose: Record<string, Patch> = {};
    for (const id of remove.flatMap((id) => [...this.shapes.boundTo(id)])) {
      const line = this.shapes.get(id);
      if (!line || !("from" in line) || gone.has(id) || this.holds(line)) continue;
      const along = [line.from, line.to].flatMap((end) => (end && !gone.has(end.id) ? end.id : []));
      loose[id] = { ...loosened(line, new Set(along), this.shapes.find), ...patch[id] };
    }
    return loose;
  }

  onCommit(listener: (change: Change) => void) {
    return this.#commits.add(listener);
  }
}
