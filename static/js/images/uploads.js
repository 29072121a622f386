// @ts-check
import { explained } from "../refusal.js";
import { refresh } from "../auth.js";
import { lean } from "../defaults.js";
import { verdict } from "../verdict.js";
import { send } from "./sending.js";

/** @import { Shelf } from "./shelf.js" */
/** @import { Image, Patch, Upload } from "../types.js" */

/** So many are sent at a time: strokes share the line. */
const AT_ONCE = 2;

/** The first and the longest wait before one is sent again, in ms. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** What a ring says of a picture that waits. @type {Record<string, string>} */
const WHY = { busy: "The server is busy", "signed-out": "You are signed out", "somebody-else": "You are signed in as somebody else", "view-only": "You may only look at this board now", gone: "This board is gone" };

/**
 * How it is with an upload: it waits for its turn, or for the network; it is on its way, `sent` of it; the server looks at it; it
 * was refused.
 * @typedef {{ upload: Upload, state: "waiting" | "offline" | "sending" | "looking" | "refused", sent: number, why: string, abort: AbortController, failures: number }} Going
 */

/** The pictures on their way to the server. Each is sent with its own operation id until there is an answer, also after a reload. */
export class Uploads {
  #url;
  #shelf;
  /** @type {Map<string, Going>} by operationId */
  #going = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** Something about one has changed; it may be gone. @type {() => void} */
  onChange = () => {};
  /** The server has it. @type {(upload: Upload, answer: any) => void} */
  onDone = () => {};

  /** @param {string} url @param {Shelf} shelf */
  constructor(url, shelf) {
    this.#url = url;
    this.#shelf = shelf;
    addEventListener("online", () => this.#again());
  }

  /** @returns {Iterable<Going>} */
  get all() {
    return this.#going.values();
  }

  get size() {
    return this.#going.size;
  }

  /** Whether one was refused: that is not waiting. */
  get waiting() {
    return [...this.#going.values()].filter(({ state }) => state !== "refused").length;
  }

  /** @param {Upload} upload @param {boolean} [kept] whether it is on the shelf already */
  add(upload, kept = false) {
    const going = { upload, state: /** @type {Going["state"]} */ ("waiting"), sent: 0, why: "", abort: new AbortController(), failures: 0 };
    this.#going.set(upload.operationId, going);
    if (!kept) void this.#shelf.keep(upload);
    this.#next();
  }

  /** @param {string} operationId */
  cancel(operationId) {
    this.#going.get(operationId)?.abort.abort();
    this.#forget(operationId);
  }

  /** @param {string} operationId */
  retry(operationId) {
    const going = this.#going.get(operationId);
    if (going) Object.assign(going, { state: "waiting", why: "", failures: 0 });
    this.#next();
  }

  #next() {
    const all = [...this.#going.values()];
    const free = AT_ONCE - all.filter(({ state }) => state === "sending" || state === "looking").length;
    for (const going of all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free))) void this.#send(going);
    this.onChange();
  }

  /** What waited for the network tries again. */
  #again() {
    clearTimeout(this.#timer);
    for (const going of this.#going.values()) if (going.state === "offline") going.state = "waiting";
    this.#next();
  }

  /** @param {Going} going */
  async #send(going) {
    const { upload, abort } = going;
    Object.assign(going, { state: "sending", sent: 0 });
    /** @param {number} part */
    const onSent = (part) => {
      if (going.state !== "sending" && going.state !== "looking") return;
      Object.assign(going, { sent: part, state: part === 1 ? "looking" : "sending" });
      this.onChange();
    };
    const answer = await send(this.#url, form(upload), upload.operationId, onSent, abort.signal);
    if (this.#going.get(upload.operationId) !== going) return; // cancelled
    const means = answer ? verdict(answer.status, answer.body, typeof answer.body?.file === "string" && /^\d+$/.test(answer.body.ts)) : "offline";
    if (answer && means === "saved") {
      this.#forget(upload.operationId);
      this.onDone(upload, answer.body);
    } else if (answer && means === "refused") {
      Object.assign(going, { state: "refused", why: explained(answer.body.error) });
      this.#next();
    } else {
      if (means === "signed-out") await refresh();
      going.why = WHY[means] ?? "";
      this.#wait(going, answer?.retryAfter ?? 0);
    }
  }

  /** @param {Going} going @param {number} told */
  #wait(going, told) {
    const grown = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** going.failures++);
    going.state = "offline";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), Math.max(told, grown * (0.5 + Math.random() / 2)));
    this.#next();
  }

  /** @param {string} operationId */
  #forget(operationId) {
    this.#going.delete(operationId);
    void this.#shelf.drop(operationId);
    this.#next();
  }
}

/** What is sent of a new picture's shape beside its file. */
const SENT = ["id", "kind", "x", "y", "w", "h", "alt", "file"];

/** What the server does not know of a new picture's shape, since no form says it. @param {Image} shape @returns {Patch} */
export function unsent(shape) {
  return Object.fromEntries(Object.entries(lean(shape)).filter(([name]) => !SENT.includes(name)));
}

/** @param {Upload} upload */
function form({ shape: { id, x, y, w, h, alt }, file, name, replaces }) {
  const form = new FormData();
  const place = replaces ? { replaces } : { id, x, y, w, h, alt };
  for (const [field, value] of Object.entries(place)) form.append(field, String(value));
  form.append("file", file, name);
  return form;
}
