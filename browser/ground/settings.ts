import { store, stored } from "./stored.ts";

// What a person chose for this browser, on every board.

const KEY = "easel:settings";

const DEFAULTS = {
  /** What the wheel does without Ctrl. */
  wheel: "pan" as "pan" | "zoom",
  /** Whether the paper shows its dots. */
  grid: true,
  /** Whether moved and resized shapes snap; Ctrl reverses it. */
  snap: false,
  /** Whether a tool stays in hand after it was used. */
  keepTool: false,
  /** Which of the figures under "More shapes" was used last. */
  figure: "star",
  /** Whether others' cursors and selections are shown. */
  others: true,
  /** Whether one's own are shown to others. */
  shown: true,
  /** Whether a screen reader announces what others do. */
  announce: false,
  /** Whether a sound tells that the time is up. */
  sound: false,
};

type Values = typeof DEFAULTS;

class Settings {
  #values: Values = { ...DEFAULTS, ...recall() };
  #listeners: (() => void)[] = [];

  constructor() {
    // Another tab has chosen.
    globalThis.addEventListener?.("storage", ({ key }) => {
      if (key !== KEY) return;
      this.#values = { ...DEFAULTS, ...recall() };
      this.#tell();
    });
  }

  get wheel() {
    return this.#values.wheel;
  }

  get grid() {
    return this.#values.grid;
  }

  get snap() {
    return this.#values.snap;
  }

  get keepTool() {
    return this.#values.keepTool;
  }

  get figure() {
    return this.#values.figure;
  }

  get others() {
    return this.#values.others;
  }

  get shown() {
    return this.#values.shown;
  }

  get announce() {
    return this.#values.announce;
  }

  get sound() {
    return this.#values.sound;
  }

  set(changed: Partial<Values>) {
    Object.assign(this.#values, changed);
    store(KEY, this.#values); // without a storage the settings hold for this page
    this.#tell();
  }

  /** @param listener called after each change, and now */
  listen(listener: () => void) {
    this.#listeners.push(listener);
    listener();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

/** Stored values of the right type; anything may be in a storage. */
function recall(): Partial<Values> {
  const found = stored(KEY);
  const sound = Object.entries(DEFAULTS).filter(([name, value]) => typeof found?.[name] === typeof value);
  return Object.fromEntries(sound.map(([name]) => [name, found[name]]));
}

export const settings = new Settings();
