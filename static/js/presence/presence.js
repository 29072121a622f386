// @ts-check
import { complete } from "../defaults.js";
import { newId } from "../identifiers.js";
import { settings } from "../settings.js";
import { toast } from "../toast.js";
import { Avatars } from "./avatars.js";
import { Carets } from "./carets.js";
import { Everybody } from "./everybody.js";
import { Cursors } from "./cursors.js";
import { Follow } from "./follow.js";
import { bounded, Hand } from "./hand.js";
import { OthersInk } from "./ink.js";
import { OthersLaser } from "./laser.js";
import { Peer } from "./peers.js";
import { Selections } from "./selections.js";
import { Sender } from "./sender.js";

/** @import { Editor } from "../editor.js" */
/** @import { Box } from "../types.js" */
/** @import { Frame, News } from "./peers.js" */
/** @import { Field } from "./sender.js" */

/** A stream lost for longer than this says nothing of others any more, in ms. */
const LOST = 5_000;

/** Everybody's hands: what others do is shown here, and what we do is told to them. None of it is kept. */
export class Presence {
  #editor;
  #me;
  #page = newId().slice(0, 8);
  #sender;
  #hand;
  #cursors;
  #carets;
  #selections;
  #ink;
  #laser;
  #follow;
  #avatars;
  /** @type {Map<string, Peer>} */
  #peers = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #lost;

  /**
   * @param {Editor} editor
   * @param {object} page
   * @param {string} page.url of the board @param {string} [page.me] this person, as others see them
   * @param {typeof globalThis.fetch} page.post
   * @param {HTMLElement} page.surface @param {HTMLElement} page.cursors @param {SVGGElement} page.overlay in board px
   * @param {HTMLElement} page.people @param {HTMLElement} page.more @param {HTMLElement} page.everybody @param {HTMLElement} page.frame @param {HTMLElement} page.pill
   */
  constructor(editor, { url, me, post, surface, cursors, overlay, people, more, everybody, frame, pill }) {
    this.#editor = editor;
    this.#me = me;
    this.#cursors = new Cursors(cursors);
    this.#carets = new Carets(cursors, editor.shapes);
    this.#selections = new Selections(overlay, (ids) => editor.shapes.bounds(ids));
    this.#ink = new OthersInk(editor.drafts, (id) => editor.shapes.onBoard(id));
    this.#laser = new OthersLaser(overlay, () => editor.camera.zoom);
    this.#follow = new Follow(editor.camera, { peers: this.#peers, me }, frame, pill);
    this.#avatars = new Avatars(people, me, this.#follow, new Everybody(more, everybody, url, me, this.#follow));
    this.#sender = new Sender({ url, page: this.#page, post, read: (field) => this.#read(field) });
    this.#hand = new Hand(editor, this.#sender, surface);
    this.#follow.onChange = () => {
      this.#sender.changed("following");
      this.#sender.changed("viewport");
      this.#avatars.show();
      this.#follow.take();
    };
    editor.shapes.onChange(() => {
      this.#selections.refresh();
      this.#carets.refresh();
    });
    settings.listen(() => (this.#cursors.hidden = this.#selections.hidden = this.#laser.hidden = !settings.others));
    setInterval(() => {
      this.#cursors.tick();
      this.#carets.tick();
    }, 1_000);
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
    this.#carets.view(x, y, zoom);
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
    if (followed !== this.#follows(peer)) {
      if (!followed && !this.#follow.followedBy(peer)) toast("info", `${peer.name} follows you.`);
      this.#sender.changed("viewport");
    }
    if (news.viewport !== undefined || news.following !== undefined || news.cursor) this.#follow.take();
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
    else this.#follow.take();
  }

  /** What a peer's hand has: shapes of the board as they are in it, and those that it makes. @param {Peer} peer */
  #preview(peer) {
    const { drag, key } = peer;
    const held = Object.entries(drag);
    this.#editor.drafts.preview(new Map(held.filter(([, { shape }]) => !shape)), key);
    this.#editor.drafts.sketch(held.flatMap(([id, { shape }]) => (shape?.kind && !this.#editor.shapes.onBoard(id) ? complete(shape.kind, id, shape) : [])), key);
    this.#selections.refresh();
    this.#carets.show(peer);
  }

  /** @param {Field} field */
  #read(field) {
    if (field === "viewport") return this.#followers.length && this.#follow.person === null ? sides(this.#editor.camera.view()) : null;
    return field === "following" ? this.#follow.person : this.#hand.read(field);
  }
}

/** @param {Box} box */
function sides({ left, top, right, bottom }) {
  return [left, top, right, bottom].map(bounded);
}
