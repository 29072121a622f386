// @ts-check
/** @import { Ink, Patch } from "../types.js" */

/** Between two reports, in ms: with ten people or fewer, with more, and with a crowd. */
const PACE = { few: 55, many: 110, crowd: 250 };

/** What a hand holds is said again this often, in ms: after 2.5 s without news it is not shown any more. */
const HEARTBEAT = 1_000;

/** After a silence of this length, in ms, all is said again: the server forgets a page after 30 s. */
const FORGOTTEN = 20_000;

/** After a report that did not arrive, in ms. */
const RETRY = 2_000;

/** The server's limits for one report: points of a stroke, and dragged shapes; and for one stroke. */
const MOST_POINTS = 1_000;
const MOST_SHAPES = 200;
const LONGEST = 5_000;

/** Fields of a patch that others see live, and the longest list of points among them. */
const LIVE = /** @type {const} */ (["x", "y", "rotation", "w", "h", "size", "width", "points"]);
const MOST_DRAGGED = 800;

/** @typedef {"cursor" | "tool" | "selection" | "drag" | "viewport" | "following"} Field */

/**
 * Tells the server what this page's person does, while somebody else sees it: one request at a time, each with what is new
 * since the last. Ink is appended: the server is told each point once.
 */
export class Sender {
  #url;
  #page;
  #post;
  #read;
  #seq = 0;
  #watchers = 0;
  /** @type {Set<Field>} */
  #dirty = new Set();
  /** @type {Record<"ink" | "laser", { now: Ink | null, known: number[], id: string, dirty: boolean }>} known: what the server has */
  #wet = { ink: { now: null, known: [], id: "", dirty: false }, laser: { now: null, known: [], id: "", dirty: false } };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #sending = false;
  #sentAt = -Infinity;
  #notBefore = 0;

  /**
   * @param {object} options
   * @param {string} options.url of the board
   * @param {string} options.page a name of this page among the person's
   * @param {typeof globalThis.fetch} options.post
   * @param {(field: Field) => unknown} options.read what a field is now; null is nothing
   */
  constructor({ url, page, post, read }) {
    this.#url = `${url}/presence`;
    this.#page = page;
    this.#post = post;
    this.#read = read;
    setInterval(() => this.#beat(), HEARTBEAT);
    addEventListener("pagehide", () => this.#goodbye());
    addEventListener("pageshow", ({ persisted }) => persisted && this.refresh());
  }

  /** How many other pages have the board open. @param {number} watchers */
  set watchers(watchers) {
    const alone = this.#watchers === 0;
    this.#watchers = watchers;
    if (alone && watchers > 0) this.refresh();
  }

  get alone() {
    return this.#watchers === 0;
  }

  /** A field is not what it was. @param {Field} field */
  changed(field) {
    this.#dirty.add(field);
    this.#schedule();
  }

  /** The ink, or the laser's trail, that is in hand; null: let go, and not kept. @param {"ink" | "laser"} kind @param {Ink | null} ink */
  wet(kind, ink) {
    const wet = this.#wet[kind];
    wet.now = ink;
    if (ink && ink.id !== wet.id) Object.assign(wet, { id: ink.id, known: [] });
    wet.dirty = Boolean(ink) || wet.known.length > 0;
    if (!ink) wet.known = [];
    this.#schedule();
  }

  /** The id of the stroke in hand, if there is one. */
  get inHand() {
    return this.#wet.ink.now?.id;
  }

  /** What was in hand was kept: the change says the rest. @param {"ink" | "drag"} what */
  kept(what) {
    if (what === "drag") this.#dirty.delete("drag");
    else Object.assign(this.#wet.ink, { now: null, known: [], dirty: false });
  }

  /** The server may know nothing of us: it is another one, or it has forgotten. */
  refresh() {
    for (const field of /** @type {Field[]} */ (["cursor", "tool", "selection", "drag", "viewport", "following"])) this.#dirty.add(field);
    for (const wet of Object.values(this.#wet)) {
      wet.known = [];
      wet.dirty = Boolean(wet.now);
    }
    this.#schedule();
  }

  get #pace() {
    if (this.#watchers <= 10) return PACE.few;
    return this.#watchers <= 50 ? PACE.many : PACE.crowd;
  }

  #schedule() {
    if (this.alone || this.#sending || this.#timer !== undefined) return;
    const due = Math.max(this.#sentAt + this.#pace, this.#notBefore);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, Math.max(0, due - performance.now()));
  }

  async #send() {
    if (this.alone) return;
    const now = performance.now();
    if (now - this.#sentAt > FORGOTTEN) this.refresh();
    const fields = [...this.#dirty];
    const told = this.#pieces();
    if (!fields.length && !told.length) return;
    this.#dirty.clear();
    this.#sending = true;
    this.#sentAt = now;
    const body = {
      page: this.#page,
      seq: ++this.#seq,
      ...Object.fromEntries(fields.map((field) => [field, this.#read(field)])),
      ...Object.fromEntries(told.map(({ kind, piece }) => [kind, piece])),
    };
    const response = await this.#request(body).catch(() => null);
    this.#sending = false;
    if (response?.ok) for (const { kind, id, known } of told) this.#knows(kind, id, known);
    else await this.#failed(response, fields);
    this.#schedule();
    if (!this.#dirty.size && !this.#wet.ink.dirty && !this.#wet.laser.dirty) this.#unschedule();
  }

  #unschedule() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @param {object} body */
  #request(body) {
    return this.#post(this.#url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
  }

  /** What is new of the strokes in hand, and what the server knows then. */
  #pieces() {
    const told = [];
    for (const kind of /** @type {const} */ (["ink", "laser"])) {
      const wet = this.#wet[kind];
      if (!wet.dirty) continue;
      wet.dirty = false;
      if (!wet.now) {
        told.push({ kind, piece: null, id: wet.id, known: /** @type {number[]} */ ([]) });
        continue;
      }
      const { points } = wet.now;
      const from = agreeing(wet.known, points);
      const until = Math.min(from + MOST_POINTS, points.length / 2, LONGEST);
      wet.dirty = until < Math.min(points.length / 2, LONGEST);
      told.push({ kind, piece: piece(wet.now, from, until), id: wet.id, known: points.slice(0, 2 * until) });
    }
    return told;
  }

  /** @param {"ink" | "laser"} kind @param {string} id @param {number[]} known */
  #knows(kind, id, known) {
    const wet = this.#wet[kind];
    if (wet.id === id && wet.now) wet.known = known;
  }

  /** @param {Response | null} response @param {Field[]} fields that it did not take */
  async #failed(response, fields) {
    if (response?.status === 409) {
      const { error } = await response.json().catch(() => ({}));
      if (error?.code === "gap") {
        // The rest of that report holds; the ink goes on from where the server stands.
        for (const wet of Object.values(this.#wet)) {
          wet.known = wet.known.slice(0, 2 * error.limit);
          wet.dirty = Boolean(wet.now);
        }
        return;
      }
    }
    const told = Number(response?.headers.get("Retry-After")) * 1000;
    this.#notBefore = performance.now() + Math.max(RETRY, told || 0);
    if (response && response.status < 500 && response.status !== 429) return; // not wanted: what comes next may be
    for (const field of fields) this.#dirty.add(field);
    for (const wet of Object.values(this.#wet)) wet.dirty = Boolean(wet.now);
  }

  #beat() {
    if (this.alone) return;
    for (const wet of Object.values(this.#wet)) wet.dirty ||= Boolean(wet.now);
    if (this.#read("drag")) this.#dirty.add("drag");
    const quiet = performance.now() - this.#sentAt > FORGOTTEN / 2;
    if (quiet && this.#read("following")) this.#dirty.add("following");
    if (this.#dirty.size || this.#wet.ink.dirty || this.#wet.laser.dirty) this.#schedule();
  }

  #goodbye() {
    if (this.#seq === 0) return;
    const body = JSON.stringify({ page: this.#page, seq: ++this.#seq, gone: true });
    navigator.sendBeacon(this.#url, new Blob([body], { type: "application/json" }));
  }
}

/** How many points two lists have in common from the start. @param {number[]} known @param {number[]} points */
export function agreeing(known, points) {
  const most = Math.min(known.length, points.length);
  let i = 0;
  while (i < most && known[i] === points[i]) i++;
  return i >> 1;
}

/** @param {Ink} ink @param {number} from @param {number} until index of the point that is no more part of it */
export function piece({ id, x, y, points, pressures, color, width, opacity }, from, until) {
  const place = points.slice(2 * from, 2 * until).map((value, i) => hundredths(value / 10 + (i % 2 ? y : x)));
  const pressed = pressures?.length ? { pressures: pressures.slice(from, until) } : {};
  const look = from === 0 ? { color, width, opacity } : {};
  return { id, from, points: place, ...pressed, ...look };
}

/** The part of a preview that others see, within the server's limits. @param {ReadonlyMap<string, Patch>} patches @returns {Record<string, object> | null} */
export function dragOf(patches) {
  /** @type {Record<string, object>} */
  const drag = {};
  for (const [id, patch] of patches) {
    const fields = LIVE.filter((name) => name in patch).map((name) => [name, /** @type {any} */ (patch)[name]]);
    const long = fields.some(([, value]) => Array.isArray(value) && value.length > MOST_DRAGGED);
    if (fields.length && !long) drag[id] = Object.fromEntries(fields.map(([name, value]) => [name, rounded(value)]));
    if (Object.keys(drag).length === MOST_SHAPES) break;
  }
  return Object.keys(drag).length ? drag : null;
}

/** @param {number | number[]} value */
function rounded(value) {
  return Array.isArray(value) ? value.map((each) => hundredths(each)) : hundredths(value, 1e4);
}

/** @param {number} value @param {number} parts */
function hundredths(value, parts = 100) {
  return Math.round(value * parts) / parts;
}
