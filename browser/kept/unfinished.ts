import { newId } from "../ground/identifiers.ts";
import { store } from "../ground/stored.ts";
import type { Hand } from "../hand.ts";
import { describing } from "../images/describe.ts";
import { withinLimits } from "../ink/ink.ts";
import { sound } from "../intake/clipping.ts";
import { complete } from "../kinds/defaults.ts";
import type { Shapes } from "../scene/shapes.ts";
import { naming } from "../site/rename.ts";
import type { Shape } from "../types/shape.ts";
import type { Ink } from "../types/tool.ts";
import { alive, answer } from "./tabs.ts";

/** What a hand makes is on disk so soon, in ms; what it makes in between is lost if the page dies. */
const DELAY = 500;

/** A text being written in a shape, or about a picture: as the shape would be, and what that field said before. */
type Writing = { shape: Shape; before: string; field?: "text" | "alt" };
/** `title` is the board's name as it is being typed. */
export type Work = { shapes: Shape[]; writings: Writing[]; title?: string };

/** All of it as shapes, to copy. */
export function asShapes({ shapes, writings, title }: Work): Shape[] {
  return [
    ...shapes,
    ...writings.map(({ shape }) => shape),
    ...(title ? [complete("text", newId(), { text: title })] : []),
  ];
}

/**
 * Strokes, shapes and texts in the making: no change yet, so the outbox has none of it. Kept on disk while they are made, and put
 * on the board by the next page if this one dies before it can.
 */
export class Unfinished {
  #shapes;
  #prefix;
  #key;
  #loose;
  #storage;
  #ink: Ink | null = null;
  #sketches: readonly Shape[] = [];
  /** By id: what the shape said before. */
  #before: Map<string, string> = new Map();
  #patches: ReadonlyMap<string, any> = new Map();
  #described: Writing | null = null;
  #title: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether what is held outlives the page. */
  durable = true;

  /** @param loose there is no room on the disk @param storage may throw */
  constructor(
    { shapes, hand }: { shapes: Shapes; hand: Hand },
    { board, person }: { board: string; person: string },
    loose: () => void,
    storage: () => Storage = () => localStorage,
  ) {
    this.#loose = loose;
    this.#shapes = shapes;
    this.#prefix = `easel:unfinished:${board}:`;
    this.#key = `${this.#prefix}${person}:${newId()}`;
    this.#storage = storage;
    answer(this.#key);
    hand.onInk((ink) => this.#holds(() => (this.#ink = ink)));
    hand.onSketch((shapes, kept) => this.#holds(() => (this.#sketches = kept ? shapes : [])));
    hand.onPreview((patches) => this.#holds(() => this.#writes(patches)));
    describing.add((shape, alt = "") =>
      this.#holds(() => (this.#described = shape && { shape: { ...shape, alt }, before: shape.alt, field: "alt" })),
    );
    naming.add((title) => this.#holds(() => (this.#title = title)));
    for (const name of ["pagehide", "freeze"]) addEventListener(name, () => this.#save());
    document.addEventListener("visibilitychange", () => document.hidden && this.#save());
  }

  /** What this page's hand holds. */
  get work(): Work {
    const strokes = this.#ink ? strokesOf(this.#ink) : [];
    const writings = [...this.#patches].flatMap(([id, patch]) => {
      const shape = this.#shapes.get(id);
      const before = patch.base ?? this.#before.get(id);
      return shape && before !== undefined && patch.text !== before
        ? [{ shape: { ...shape, text: patch.text } as Shape, before }]
        : [];
    });
    const described =
      this.#described && "alt" in this.#described.shape && this.#described.shape.alt !== this.#described.before
        ? [this.#described]
        : [];
    const work = { shapes: [...strokes, ...this.#sketches.filter(says)], writings: [...writings, ...described] };
    return this.#title === null ? work : { ...work, title: this.#title };
  }

  /** Takes the work of pages that have died. @returns by the person who made it */
  async left(): Promise<Map<string, Work>> {
    const found: Map<string, Work> = new Map();
    for (const key of this.#keys()) {
      if (key === this.#key || (await alive(key))) continue;
      const person = key.slice(this.#prefix.length).split(":")[0];
      const { shapes, writings, title } = this.#take(key);
      const others = found.get(person) ?? { shapes: [], writings: [] };
      found.set(person, {
        shapes: [...others.shapes, ...shapes],
        writings: [...others.writings, ...writings],
        title: title ?? others.title,
      });
    }
    return found;
  }

  #writes(patches: ReadonlyMap<string, any>) {
    this.#patches = new Map([...patches].filter(([, patch]) => "text" in patch));
    for (const id of this.#before.keys()) if (!this.#patches.has(id)) this.#before.delete(id);
    // The first preview comes when the writing begins, with the text as it was.
    for (const [id, { text }] of this.#patches) if (!this.#before.has(id)) this.#before.set(id, text);
  }

  #holds(take: () => void) {
    const held = this.any;
    take();
    // A gesture that ends becomes a change in this very turn of the page: not before that is it off the disk.
    if (held && !this.any) setTimeout(() => this.#save());
    else if (this.any) this.#timer ??= setTimeout(() => this.#save(), DELAY);
  }

  /** Whether this page's hand holds anything. */
  get any() {
    return (
      this.#ink !== null ||
      this.#sketches.length > 0 ||
      this.#patches.size > 0 ||
      this.#described !== null ||
      this.#title !== null
    );
  }

  #save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const work = this.any ? this.work : { shapes: [], writings: [] };
    const any = work.shapes.length + work.writings.length > 0 || work.title !== undefined;
    this.durable = store(this.#key, any ? work : undefined, this.#storage) || !any;
    if (!this.durable) this.#loose();
  }

  #keys(): string[] {
    try {
      return Object.keys(this.#storage()).filter((key) => key.startsWith(this.#prefix));
    } catch {
      return [];
    }
  }

  #take(key: string): Work {
    try {
      const { shapes, writings, title } = JSON.parse(this.#storage().getItem(key) ?? "{}");
      this.#storage().removeItem(key);
      const taken = (raw: unknown) => sound(raw) ?? [];
      const written = writings.flatMap(({ shape, before, field }: any) =>
        [taken(shape)]
          .flat()
          .map((shape) => ({ shape, before: String(before), field: field === "alt" ? "alt" : "text" })),
      );
      return { shapes: shapes.flatMap(taken), writings: written, title: typeof title === "string" ? title : undefined };
    } catch {
      return { shapes: [], writings: [] };
    }
  }
}

/** Whether a shape in the making says anything: an empty note or text is nothing yet. */
function says(shape: Shape) {
  return !(shape.kind === "note" || shape.kind === "text") || shape.text.trim() !== "";
}

/** @returns as many as the server takes them in */
function strokesOf({ id, points, pressures = [], ...ink }: Ink): Shape[] {
  if (points.length < 4) return [];
  const lines = withinLimits({ points: [...points], pressures: [...pressures] });
  return lines.map((line, i) =>
    complete("stroke", i ? newId() : id, {
      ...ink,
      points: line.points.map((value) => value / 10),
      pressures: line.pressures,
    }),
  );
}
