// @ts-check
import { newId } from "../identifiers.js";
import { settings } from "../settings.js";
import { toast } from "../toast.js";
import { Avatars } from "./avatars.js";
import { Cursors } from "./cursors.js";
import { Follow } from "./follow.js";
import { OthersInk } from "./ink.js";
import { OthersLaser } from "./laser.js";
import { Peer } from "./peers.js";
import { Selections } from "./selections.js";
import { dragOf, Sender } from "./sender.js";

/** @import { Editor } from "../editor.js" */
/** @import { Box, Ink, Patch } from "../types.js" */
/** @import { Frame, News } from "./peers.js" */
/** @import { Field } from "./sender.js" */

/** A stream lost for longer than this says nothing of others any more, in ms. */
const LOST = 5_000;

/** A gesture ends and its change is made within one turn of the page; longer than that takes, in ms. */
const TURN = 50;

/** Everybody's hands: what others do is shown here, and what we do is told to them. None of it is kept. */
export class Presence {
  #editor;
  #me;
  #page = newId().slice(0, 8);
  #sender;
  #cursors;
  #selections;
  #ink;
  #laser;
  #follow;
  #avatars;
  /** @type {Map<string, Peer>} */
  #peers = new Map();
  /** Where our pointer is in the window. @type {{ clientX: number, clientY: number } | null} */
  #pointer = null;
  /** @type {Record<string, object> | null} what we drag */
  #drag = null;
  /** @type {Set<string>} shapes that this very gesture has committed */
  #kept = new Set();
  /** @type {Ink | null} the trail of our laser */
  #trail = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #lost;

  /**
   * @param {Editor} editor
   * @param {object} page
   * @param {string} page.url of the board @param {string} [page.me] this person, as others see them
   * @param {typeof globalThis.fetch} page.post
   * @param {HTMLElement} page.surface @param {HTMLElement} page.cursors @param {SVGGElement} page.overlay in board px
   * @param {HTMLElement} page.people @param {HTMLElement} page.frame @param {HTMLElement} page.pill
   */
  constructor(editor, { url, me, post, surface, cursors, overlay, people, frame, pill }) {
    this.#editor = editor;
    this.#me = me;
    this.#cursors = new Cursors(cursors);
    this.#selections = new Selections(overlay, (ids) => editor.shapes.bounds(ids));
    this.#ink = new OthersInk(editor.drafts, (id) => editor.shapes.onBoard(id));
    this.#laser = new OthersLaser(overlay, () => editor.camera.zoom);
    this.#follow = new Follow(editor.camera, frame, pill);
    this.#avatars = new Avatars(people, me, this.#follow);
    this.#sender = new Sender({ url, page: this.#page, post, read: (field) => this.#read(field) });
    this.#listen(surface);
    settings.listen(() => {
      this.#cursors.hidden = this.#selections.hidden = this.#laser.hidden = !settings.others;
      for (const field of /** @type {Field[]} */ (["cursor", "tool", "selection"])) this.#sender.changed(field);
    });
    setInterval(() => this.#cursors.tick(), 1_000);
  }

  /** What the stream says. @param {Frame} frame */
  take({ all, watching, pages = {} }) {
    if (all) this.#reset(pages);
    if (watching !== undefined) this.#sender.watchers = this.#me ? watching - 1 : 0;
    for (const [key, news] of Object.entries(pages)) {
      if (key !== `${this.#me}.${this.#page}`) this.#news(key, news);
    }
    this.#avatars.followers = new Set([...this.#followers].map(({ person }) => person));
  }

  /** The server's shapes have come: they end what was seen of them on the way. @param {string[] | null} ids null is all */
  settle(ids) {
    this.#ink.settle();
    for (const peer of this.#peers.values()) {
      const dragged = Object.keys(peer.drag);
      const kept = ids ? dragged.filter((id) => !ids.includes(id)) : dragged;
      if (kept.length === dragged.length) continue;
      peer.drag = Object.fromEntries(kept.map((id) => [id, peer.drag[id]]));
      this.#preview(peer);
    }
  }

  /** @param {boolean} live whether the stream is open: whoever answers now may not know us */
  connection(live) {
    clearTimeout(this.#lost);
    this.#lost = undefined;
    if (live) this.#sender.refresh();
    else this.#lost = setTimeout(() => this.#reset({}), LOST);
  }

  /** The board moved under the window. @param {number} x @param {number} y of its origin @param {number} zoom */
  moved(x, y, zoom) {
    this.#cursors.view(x, y, zoom);
    this.#sender.changed("cursor");
    if (this.#followers.length) this.#sender.changed("viewport");
  }

  get #followers() {
    return [...this.#peers.values()].filter((peer) => this.#follows(peer));
  }

  /** Whether it is the page of somebody who follows us. @param {Peer} peer */
  #follows({ following, person }) {
    return this.#me !== undefined && following === this.#me && person !== this.#me;
  }

  /** @param {Record<string, News | null>} pages those that stay */
  #reset(pages) {
    for (const key of [...this.#peers.keys()]) if (!pages[key]) this.#news(key, null);
    // What is there comes whole: nothing is added to what was here.
    for (const key of this.#peers.keys()) for (const part of [this.#ink, this.#laser]) part.remove(key);
  }

  /** @param {string} key @param {News | null} news */
  #news(key, news) {
    if (news === null) return this.#gone(key);
    const peer = this.#peers.get(key) ?? new Peer(key);
    const followed = this.#follows(peer);
    this.#peers.set(key, peer);
    peer.take(news);
    this.#cursors.show(peer);
    if (news.selection !== undefined) this.#selections.show(peer);
    for (const part of [this.#ink, this.#laser]) part.dry(key, news.dry ?? []);
    for (const piece of news.ink ?? []) this.#ink.add(key, piece);
    for (const piece of news.laser ?? []) this.#laser.add(key, piece, peer.hue);
    if (news.drag !== undefined) this.#preview(peer);
    if (news.viewport) this.#follow.take(peer);
    if (followed !== this.#follows(peer)) {
      if (!followed) toast("info", `${peer.name} follows you.`);
      this.#sender.changed("viewport");
    }
  }

  /** @param {string} key */
  #gone(key) {
    const peer = this.#peers.get(key);
    if (!peer) return;
    this.#peers.delete(key);
    if (this.#follows(peer)) this.#sender.changed("viewport");
    peer.drag = {};
    this.#preview(peer);
    for (const part of [this.#cursors, this.#selections, this.#ink, this.#laser]) part.remove(key);
    const others = [...this.#peers.values()].some(({ person }) => person === peer.person);
    if (peer.person === this.#follow.person && !others) this.#follow.lost(peer.name);
  }

  /** @param {Peer} peer */
  #preview({ drag, key }) {
    this.#editor.drafts.preview(new Map(Object.entries(drag)), key);
    this.#selections.refresh();
  }

  /** @param {HTMLElement} surface */
  #listen(surface) {
    const { shapes, selection } = this.#editor;
    const place = (/** @type {PointerEvent} */ { clientX, clientY }) => {
      this.#pointer = { clientX, clientY };
      this.#sender.changed("cursor");
    };
    surface.addEventListener("pointermove", place, { passive: true });
    surface.addEventListener("pointerdown", place, { passive: true });
    surface.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType !== "mouse") return; // a finger that is lifted was there; a cursor that is elsewhere is nowhere
      this.#pointer = null;
      this.#sender.changed("cursor");
    });
    this.#editor.onTool(() => this.#sender.changed("tool"));
    selection.onChange(() => this.#sender.changed("selection"));
    shapes.onChange(() => this.#selections.refresh());
    this.#follow.onChange = () => {
      this.#sender.changed("following");
      this.#avatars.show();
      for (const peer of this.#peers.values()) this.#follow.take(peer);
    };
    this.#editor.onPreview((patches) => this.#dragged(patches));
    this.#editor.onInk((ink) => this.#inked(ink));
    this.#editor.onLaser((at) => this.#pointed(at));
    this.#editor.onCommit(({ put = [], patch = {} }) => {
      for (const id of [...put.map(({ id }) => id), ...Object.keys(patch)]) this.#kept.add(id);
      setTimeout(() => this.#kept.clear(), TURN);
    });
  }

  /** @param {Field} field */
  #read(field) {
    const { camera, selection, toolName } = this.#editor;
    const shown = settings.shown;
    switch (field) {
      case "cursor":
        return shown && this.#pointer ? camera.toBoard(this.#pointer.clientX, this.#pointer.clientY).map(bounded) : null;
      case "tool":
        return shown ? toolName : null;
      case "selection":
        return shown && selection.ids.size ? [...selection.ids].slice(0, 200) : null;
      case "drag":
        return this.#drag;
      case "viewport":
        return this.#followers.length ? sides(camera.view()) : null;
      case "following":
        return this.#follow.person;
    }
  }

  /** @param {ReadonlyMap<string, Patch>} patches */
  #dragged(patches) {
    if (patches.size) {
      this.#drag = dragOf(patches);
      this.#sender.changed("drag");
    } else if (this.#drag) {
      const ended = this.#drag;
      const end = (/** @type {boolean} */ kept) => {
        if (this.#drag !== ended) return;
        this.#drag = null;
        if (kept) this.#sender.kept("drag");
        else this.#sender.changed("drag");
      };
      this.#ended(Object.keys(ended), end);
    }
  }

  /** @param {Ink | null} ink */
  #inked(ink) {
    if (ink) return this.#sender.wet("ink", ink);
    const { inHand } = this.#sender;
    if (inHand) this.#ended([inHand], (kept) => (kept ? this.#sender.kept("ink") : this.#sender.wet("ink", null)));
  }

  /** @param {{ x: number, y: number } | null} at */
  #pointed(at) {
    if (!at) {
      this.#trail = null;
      return this.#sender.wet("laser", null);
    }
    if (!this.#trail || this.#trail.points.length > 8_000) {
      this.#trail = { id: newId(), x: 0, y: 0, points: [], color: "red", width: 4, opacity: 1 };
    }
    this.#trail.points.push(Math.round(at.x * 10), Math.round(at.y * 10));
    this.#sender.wet("laser", this.#trail);
  }

  /**
   * A gesture has ended. If it was kept, which is said in the same turn, its change ends it for the others too, without a
   * flicker; if not, they are told at once.
   * @param {string[]} ids @param {(kept: boolean) => void} end
   */
  #ended(ids, end) {
    setTimeout(() => {
      end(ids.some((id) => this.#kept.has(id)));
    });
  }
}

/** @param {number} value */
function bounded(value) {
  return Math.max(-1e6, Math.min(1e6, Math.round(value * 100) / 100));
}

/** @param {Box} box */
function sides({ left, top, right, bottom }) {
  return [left, top, right, bottom].map(bounded);
}
