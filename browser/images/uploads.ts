import { lean } from "../kinds/defaults.ts";
import { refresh } from "../site/auth.ts";
import { explained } from "../site/refusal.ts";
import { send } from "../site/sending.ts";
import { verdict } from "../sync/verdict.ts";
import type { Upload } from "../types/change.ts";
import type { Image, Patch } from "../types/shape.ts";
import type { Shelf } from "./shelf.ts";

/** So many are sent at a time: strokes share the line. */
const AT_ONCE = 2;

/** The first and the longest wait before one is sent again, in ms. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** What a ring says of a picture that waits. */
const WHY: Record<string, string> = {
  busy: "The server is busy",
  "signed-out": "You are signed out",
  "somebody-else": "You are signed in as somebody else",
  "view-only": "You may only look at this board now",
  gone: "This board is gone",
};

/**
 * How it is with an upload: it waits for its turn, or for the network; it is on its way, `sent` of it; the server looks at it; it
 * was refused.
 */
export type Going = {
  upload: Upload;
  state: "waiting" | "offline" | "sending" | "looking" | "refused";
  sent: number;
  why: string;
  abort: AbortController;
  failures: number;
};

/** Receives news of the uploads. */
interface Told {
  /** Something about one has changed; it may be gone. */
  changed(): void;
  /** The server has it. */
  done(upload: Upload, answer: any): void;
}

/** The pictures on their way to the server. Each is sent with its own operation id until there is an answer, also after a reload. */
export class Uploads {
  #url;
  #shelf;
  #told;
  /** By operationId */
  #going: Map<string, Going> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, shelf: Shelf, told: Told) {
    this.#url = url;
    this.#shelf = shelf;
    this.#told = told;
    addEventListener("online", () => this.#again());
  }

  get all(): Iterable<Going> {
    return this.#going.values();
  }

  get size() {
    return this.#going.size;
  }

  /** Whether one was refused: that is not waiting. */
  get waiting() {
    return [...this.#going.values()].filter(({ state }) => state !== "refused").length;
  }

  /** @param kept whether it is on the shelf already */
  add(upload: Upload, kept: boolean = false) {
    const going = {
      upload,
      state: "waiting" as Going["state"],
      sent: 0,
      why: "",
      abort: new AbortController(),
      failures: 0,
    };
    this.#going.set(upload.operationId, going);
    if (!kept) void this.#shelf.keep(upload);
    this.#next();
  }

  cancel(operationId: string) {
    this.#going.get(operationId)?.abort.abort();
    this.#forget(operationId);
  }

  retry(operationId: string) {
    const going = this.#going.get(operationId);
    if (going) Object.assign(going, { state: "waiting", why: "", failures: 0 });
    this.#next();
  }

  #next() {
    const all = [...this.#going.values()];
    const free = AT_ONCE - all.filter(({ state }) => state === "sending" || state === "looking").length;
    for (const going of all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free)))
      void this.#send(going);
    this.#told.changed();
  }

  /** What waited for the network tries again. */
  #again() {
    clearTimeout(this.#timer);
    for (const going of this.#going.values()) if (going.state === "offline") going.state = "waiting";
    this.#next();
  }

  async #send(going: Going) {
    const { upload, abort } = going;
    Object.assign(going, { state: "sending", sent: 0 });
    const onSent = (part: number) => {
      if (going.state !== "sending" && going.state !== "looking") return;
      Object.assign(going, { sent: part, state: part === 1 ? "looking" : "sending" });
      this.#told.changed();
    };
    const answer = await send(this.#url, form(upload), upload.operationId, onSent, abort.signal);
    if (this.#going.get(upload.operationId) !== going) return; // cancelled
    const means = answer
      ? verdict(answer.status, answer.body, typeof answer.body?.file === "string" && /^\d+$/.test(answer.body.ts))
      : "offline";
    if (answer && means === "saved") {
      this.#forget(upload.operationId);
      this.#told.done(upload, answer.body);
    } else if (answer && means === "refused") {
      Object.assign(going, { state: "refused", why: explained(answer.body.error) });
      this.#next();
    } else {
      if (means === "signed-out") await refresh();
      going.why = WHY[means] ?? "";
      this.#wait(going, answer?.retryAfter ?? 0);
    }
  }

  #wait(going: Going, told: number) {
    const grown = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** going.failures++);
    going.state = "offline";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), Math.max(told, grown * (0.5 + Math.random() / 2)));
    this.#next();
  }

  #forget(operationId: string) {
    this.#going.delete(operationId);
    void this.#shelf.drop(operationId);
    this.#next();
  }
}

/** What is sent of a new picture's shape beside its file. */
const SENT = ["id", "kind", "x", "y", "w", "h", "alt", "file"];

/** What the server does not know of a new picture's shape, since no form says it. */
export function unsent(shape: Image): Patch {
  return Object.fromEntries(Object.entries(lean(shape)).filter(([name]) => !SENT.includes(name)));
}

function form({ shape: { id, x, y, w, h, alt }, file, name, replaces }: Upload) {
  const form = new FormData();
  const place = replaces ? { replaces } : { id, x, y, w, h, alt };
  for (const [field, value] of Object.entries(place)) form.append(field, String(value));
  form.append("file", file, name);
  return form;
}
