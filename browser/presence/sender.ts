import type { Ink } from "../types/tool.ts";
import { paceOf } from "./pace.ts";
import { Reports } from "./reports.ts";
import type { Told } from "./strand.ts";
import { Strand } from "./strand.ts";
import { Traffic } from "./traffic.ts";
import { Untold } from "./untold.ts";

/** What a hand holds is said again this often, in ms: after 2.5 s without news it is not shown any more. */
const HEARTBEAT = 1_000;

/** After a silence of this length, in ms, all is said again: the server forgets a page after 30 s. */
const FORGOTTEN = 20_000;

/** After a report that did not arrive, in ms. */
const RETRY = 2_000;

type Kind = "ink" | "laser";
export type Field = "cursor" | "tool" | "selection" | "drag" | "viewport" | "following";

/**
 * Sends what this page's person does to the server, while somebody else sees it. Each report repeats what the server is not known
 * to have, since reports may overtake each other.
 */
export class Sender {
  #reports;
  #read;
  #writers;
  #watchers = 0;
  #untold: Untold<Field | Kind> = new Untold();
  #wet: Record<Kind, Strand> = { ink: new Strand(), laser: new Strand() };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #traffic = new Traffic();
  #sentAt = -Infinity;
  /** Of the last report, in characters. */
  #size = 0;
  #notBefore = 0;

  constructor({
    url,
    page,
    post,
    read,
    writers,
  }: {
    /** Of the board */
    url: string;
    /** A name of this page among the person's */
    page: string;
    post: typeof globalThis.fetch;
    /** What a field is now; null is nothing */
    read: (field: Field) => unknown;
    /** How many other pages do something just now */
    writers: () => number;
  }) {
    this.#reports = new Reports(url, page, post);
    this.#read = read;
    this.#writers = writers;
    setInterval(() => this.#beat(), HEARTBEAT);
    addEventListener("pagehide", () => this.#reports.goodbye());
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

  /** It is not what it was. */
  changed(what: Field | Kind) {
    this.#untold.changed(what, this.#reports.seq);
    this.#schedule();
  }

  /** The ink, or the laser's trail, that is in hand; null: let go, and not kept. */
  wet(kind: Kind, ink: Ink | null) {
    this.#wet[kind].hold(ink);
    this.changed(kind);
  }

  /** The id of the stroke in hand, if there is one. */
  get inHand() {
    return this.#wet.ink.inHand;
  }

  /** What was in hand was kept: the change says the rest. */
  kept(what: "ink" | "drag") {
    if (what === "drag") this.#untold.drop("drag");
    else this.#wet.ink.kept();
  }

  /** The server may know nothing of us: it is another one, or it has forgotten. */
  refresh() {
    for (const strand of Object.values(this.#wet)) strand.forgotten();
    for (const what of ["cursor", "tool", "selection", "drag", "viewport", "following", "ink", "laser"] as const)
      this.changed(what);
  }

  get #news() {
    return this.#untold.isNew(this.#reports.seq);
  }

  #schedule() {
    if (this.alone || this.#timer !== undefined) return;
    const pace = paceOf(this.#watchers + 1, this.#writers() + 1, this.#size);
    if (this.#traffic.isFull(pace)) return;
    const due = this.#sentAt + pace;
    const send = () => {
      this.#timer = undefined;
      void this.#send();
    };
    this.#timer = setTimeout(send, Math.max(0, Math.max(due, this.#notBefore) - performance.now()));
  }

  async #send() {
    if (this.alone || !this.#news) return;
    const now = performance.now();
    if (now - this.#sentAt > FORGOTTEN) this.refresh();
    const { fields, told } = this.#gathered();
    if (!this.#news) return;
    const body = this.#reports.write(fields);
    const { seq } = this.#reports;
    this.#sentAt = now;
    this.#size = body.length;
    const response = await this.#traffic.carry(() => this.#reports.send(body));
    if (response?.ok) this.#arrived(seq, told);
    else await this.#failed(response, seq);
    if (this.#news) this.#schedule();
  }

  /** What a report says. */
  #gathered() {
    const fields: Record<string, unknown> = {};
    const told: [Kind, Told][] = [];
    for (const what of this.#untold.all()) {
      if (what !== "ink" && what !== "laser") {
        fields[what] = this.#read(what);
        continue;
      }
      const next = this.#wet[what].next();
      if (next) {
        fields[what] = next.piece;
        told.push([what, next]);
      } else this.#untold.drop(what);
    }
    return { fields, told };
  }

  /** The server has taken this report, or a later one that said the same. */
  #arrived(seq: number, told: [Kind, Told][] = []) {
    for (const what of this.#untold.said(seq)) this.#untold.drop(what);
    for (const [kind, next] of told) if (this.#wet[kind].knows(next)) this.changed(kind);
  }

  async #failed(response: Response | null, seq: number) {
    if (response?.status === 409) {
      const { error } = await response.json().catch(() => ({}));
      if (error?.code === "gap") {
        // The rest of that report holds; the ink goes on from where the server stands.
        this.#arrived(seq);
        for (const kind of ["ink", "laser"] as const) {
          this.#wet[kind].gap(error.limit);
          this.changed(kind);
        }
        return;
      }
    }
    const told = Number(response?.headers.get("Retry-After")) * 1000;
    this.#notBefore = performance.now() + Math.max(RETRY, told || 0);
    if (response && response.status < 500 && response.status !== 429) return this.#arrived(seq); // not wanted: what comes next may be
    for (const what of this.#untold.said(seq)) this.changed(what);
  }

  #beat() {
    if (this.alone) return;
    for (const kind of ["ink", "laser"] as const) if (this.#wet[kind].inHand) this.changed(kind);
    if (this.#read("drag")) this.changed("drag");
    const quiet = performance.now() - this.#sentAt > FORGOTTEN / 2;
    if (quiet && this.#read("following")) this.changed("following");
  }
}
