import type { Ink } from "../types/tool.ts";
import { Strand } from "./strand.ts";

/** Between two reports, in ms: with ten people or fewer, with more, and with a crowd. */
const PACE = { few: 55, many: 110, crowd: 250 };

/** What a hand holds is said again this often, in ms: after 2.5 s without news it is not shown any more. */
const HEARTBEAT = 1_000;

/** After a silence of this length, in ms, all is said again: the server forgets a page after 30 s. */
const FORGOTTEN = 20_000;

/** After a report that did not arrive, in ms. */
const RETRY = 2_000;

export type Field = "cursor" | "tool" | "selection" | "drag" | "viewport" | "following";

/**
 * Sends what this page's person does to the server, while somebody else sees it: one request at a time, each with what is new
 * since the last.
 */
export class Sender {
  #url;
  #page;
  #post;
  #read;
  #seq = 0;
  #watchers = 0;
  #dirty: Set<Field> = new Set();
  #wet = { ink: new Strand(), laser: new Strand() };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #sentAt = -Infinity;
  #notBefore = 0;

  constructor({
    url,
    page,
    post,
    read,
  }: {
    /** Of the board */
    url: string;
    /** A name of this page among the person's */
    page: string;
    post: typeof globalThis.fetch;
    /** What a field is now; null is nothing */
    read: (field: Field) => unknown;
  }) {
    this.#url = `${url}/presence`;
    this.#page = page;
    this.#post = post;
    this.#read = read;
    setInterval(() => this.#beat(), HEARTBEAT);
    addEventListener("pagehide", () => this.#goodbye());
    addEventListener("pageshow", ({ persisted }) => persisted && this.refresh());
  }

  /** How many other pages have the board open. */
  set watchers(watchers: number) {
    const alone = this.#watchers === 0;
    this.#watchers = watchers;
    if (alone && watchers > 0) this.refresh();
  }

  get alone() {
    return this.#watchers === 0;
  }

  /** A field is not what it was. */
  changed(field: Field) {
    this.#dirty.add(field);
    this.#schedule();
  }

  /** The ink, or the laser's trail, that is in hand; null: let go, and not kept. */
  wet(kind: "ink" | "laser", ink: Ink | null) {
    this.#wet[kind].hold(ink);
    this.#schedule();
  }

  /** The id of the stroke in hand, if there is one. */
  get inHand() {
    return this.#wet.ink.inHand;
  }

  /** What was in hand was kept: the change says the rest. */
  kept(what: "ink" | "drag") {
    if (what === "drag") this.#dirty.delete("drag");
    else this.#wet.ink.kept();
  }

  /** The server may know nothing of us: it is another one, or it has forgotten. */
  refresh() {
    for (const field of ["cursor", "tool", "selection", "drag", "viewport", "following"] as Field[])
      this.#dirty.add(field);
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
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#send();
      },
      Math.max(0, due - performance.now()),
    );
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

  #request(body: object) {
    return this.#post(this.#url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
  }

  /** @param fields that it did not take */
  async #failed(response: Response | null, fields: Field[]) {
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
