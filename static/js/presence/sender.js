// @ts-check
import { Strand } from "./strand.js";

/** @import { Ink } from "../types.js" */

/** Between two reports, in ms: with ten people or fewer, with more, and with a crowd. */
const PACE = { few: 55, many: 110, crowd: 250 };

/** What a hand holds is said again this often, in ms: after 2.5 s without news it is not shown any more. */
const HEARTBEAT = 1_000;

/** After a silence of this length, in ms, all is said again: the server forgets a page after 30 s. */
const FORGOTTEN = 20_000;

/** After a report that did not arrive, in ms. */
const RETRY = 2_000;

/** @typedef {"cursor" | "tool" | "selection" | "drag" | "viewport" | "following"} Field */

/**
 * Tells the server what this page's person does, while somebody else sees it: one request at a time, each with what is new
 * since the last.
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
  #wet = { ink: new Strand(), laser: new Strand() };
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
    this.#wet[kind].hold(ink);
    this.#schedule();
  }

  /** The id of the stroke in hand, if there is one. */
  get inHand() {
    return this.#wet.ink.inHand;
  }

  /** What was in hand was kept: the change says the rest. @param {"ink" | "drag"} what */
  kept(what) {
    if (what === "drag") this.#dirty.delete("drag");
    else this.#wet.ink.kept();
  }

  /** The server may know nothing of us: it is another one, or it has forgotten. */
  refresh() {
    for (const field of /** @type {Field[]} */ (["cursor", "tool", "selection", "drag", "viewport", "following"])) this.#dirty.add(field);
    for (const strand of this.#strands) strand.forgotten();
    this.#schedule();
  }

  get #strands() {
    return Object.values(this.#wet);
  }

  /** Whether there is something to tell. */
  get #news() {
    return this.#dirty.size > 0 || this.#strands.some(({ dirty }) => dirty);
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
    const told = Object.entries(this.#wet).flatMap(([kind, strand]) => {
      const news = strand.news();
      return news ? [{ kind, strand, news }] : [];
    });
    if (!fields.length && !told.length) return;
    this.#dirty.clear();
    this.#sending = true;
    this.#sentAt = now;
    const body = {
      page: this.#page,
      seq: ++this.#seq,
      ...Object.fromEntries(fields.map((field) => [field, this.#read(field)])),
      ...Object.fromEntries(told.map(({ kind, news }) => [kind, news.piece])),
    };
    const response = await this.#request(body).catch(() => null);
    this.#sending = false;
    if (response?.ok) for (const { strand, news } of told) strand.knows(news);
    else await this.#failed(response, fields);
    this.#schedule();
    if (!this.#news) this.#unschedule();
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

  /** @param {Response | null} response @param {Field[]} fields that it did not take */
  async #failed(response, fields) {
    if (response?.status === 409) {
      const { error } = await response.json().catch(() => ({}));
      if (error?.code === "gap") {
        // The rest of that report holds; the ink goes on from where the server stands.
        for (const strand of this.#strands) strand.gap(error.limit);
        return;
      }
    }
    const told = Number(response?.headers.get("Retry-After")) * 1000;
    this.#notBefore = performance.now() + Math.max(RETRY, told || 0);
    if (response && response.status < 500 && response.status !== 429) return; // not wanted: what comes next may be
    for (const field of fields) this.#dirty.add(field);
    for (const strand of this.#strands) strand.again();
  }

  #beat() {
    if (this.alone) return;
    for (const strand of this.#strands) if (strand.inHand) strand.again();
    if (this.#read("drag")) this.#dirty.add("drag");
    const quiet = performance.now() - this.#sentAt > FORGOTTEN / 2;
    if (quiet && this.#read("following")) this.#dirty.add("following");
    if (this.#news) this.#schedule();
  }

  #goodbye() {
    if (this.#seq === 0) return;
    const body = JSON.stringify({ page: this.#page, seq: ++this.#seq, gone: true });
    navigator.sendBeacon(this.#url, new Blob([body], { type: "application/json" }));
  }
}
