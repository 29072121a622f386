import type { Board } from "../board.ts";
import { find } from "../ground/find.ts";
import { newId } from "../ground/identifiers.ts";
import { settings } from "../ground/settings.ts";
import type { Hand } from "../hand.ts";
import { complete } from "../kinds/defaults.ts";
import type { Drafts } from "../scene/drafts.ts";
import { send } from "../site/auth.ts";
import { toast } from "../site/toast.ts";
import type { Box } from "../types/shape.ts";
import { Avatars } from "./avatars.ts";
import { Carets } from "./carets.ts";
import { Cursors } from "./cursors.ts";
import { Everybody } from "./everybody.ts";
import { Follow } from "./follow.ts";
import { OthersInk } from "./ink.ts";
import { OthersLaser } from "./laser.ts";
import type { Frame, News } from "./peers.ts";
import { moving, Peer } from "./peers.ts";
import { Selections } from "./selections.ts";
import { bounded, Self } from "./self.ts";
import type { Field } from "./sender.ts";
import { Sender } from "./sender.ts";

/** A stream lost for longer than this says nothing of others any more, in ms. */
const LOST = 5_000;

/** Shows what the hands of others do, and sends them what this person's hand does. None of it is stored. */
export class Presence {
  #board;
  #drafts;
  #me;
  #page = newId().slice(0, 8);
  #sender;
  #self;
  #cursors;
  #carets;
  #selections;
  #ink;
  #laser;
  #follow;
  #avatars;
  #peers: Map<string, Peer> = new Map();
  #lost: ReturnType<typeof setTimeout> | undefined;

  /** @param page `url` is the board's, `me` this person as others see them, `surface` what pointers meet */
  constructor(
    { board, hand, drafts }: { board: Board; hand: Hand; drafts: Drafts },
    { url, me, surface }: { url: string; me?: string; surface: HTMLElement },
  ) {
    const cursors = find("#canvas > #cursors", HTMLElement);
    const overlay = find(".overlay .others", SVGGElement); // in board px
    this.#board = board;
    this.#drafts = drafts;
    this.#me = me;
    this.#cursors = new Cursors(cursors);
    this.#carets = new Carets(cursors, board.shapes);
    this.#selections = new Selections(overlay, (ids) => board.shapes.bounds(ids));
    this.#ink = new OthersInk(drafts, (id) => board.shapes.onBoard(id));
    this.#laser = new OthersLaser(overlay, () => board.camera.zoom);
    this.#follow = new Follow(board.camera, { peers: this.#peers, me });
    const everybody = new Everybody(url, me, this.#follow);
    this.#avatars = new Avatars(find("#people", HTMLElement), me, this.#follow, everybody);
    this.#sender = new Sender({
      url,
      page: this.#page,
      post: send,
      read: (field) => this.#read(field),
      writers: () => moving(this.#peers.values()),
    });
    this.#self = new Self(board, hand, this.#sender, surface);
    this.#follow.changes.add(() => {
      this.#sender.changed("following");
      this.#sender.changed("viewport");
      this.#avatars.show();
      this.#follow.take();
    });
    board.camera.moves.add((x, y, zoom) => this.#moved(x, y, zoom));
    board.shapes.onChange(() => {
      this.#selections.refresh();
      this.#carets.refresh();
    });
    settings.listen(() => (this.#cursors.hidden = this.#selections.hidden = this.#laser.hidden = !settings.others));
    setInterval(() => {
      this.#cursors.tick();
      this.#carets.tick();
    }, 1_000);
  }

  /** What the stream says. */
  take({ all, watching, pages = {} }: Frame) {
    if (all) this.#reset(pages);
    if (watching !== undefined) this.#sender.watchers = this.#me ? watching - 1 : 0;
    for (const [key, news] of Object.entries(pages)) {
      if (key !== `${this.#me}.${this.#page}`) this.#news(key, news);
    }
    this.#avatars.followers = new Set([...this.#followers].map(({ person }) => person));
  }

  /** The server's shapes have come: they end what was seen of them on the way. @param ids null is all */
  settle(ids: string[] | null) {
    this.#ink.settle();
    for (const peer of this.#peers.values()) {
      const dragged = Object.keys(peer.drag);
      const kept = ids ? dragged.filter((id) => !ids.includes(id)) : dragged;
      if (kept.length === dragged.length) continue;
      peer.drag = Object.fromEntries(kept.map((id) => [id, peer.drag[id]]));
      this.#preview(peer);
    }
  }

  /** @param live whether the stream is open: another server process may answer now, which knows nothing of this page */
  connection(live: boolean) {
    clearTimeout(this.#lost);
    this.#lost = undefined;
    if (live) this.#sender.refresh();
    else this.#lost = setTimeout(() => this.#reset({}), LOST);
  }

  /** The board moved under the window. @param y of its origin */
  #moved(x: number, y: number, zoom: number) {
    this.#cursors.view(x, y, zoom);
    this.#carets.view(x, y, zoom);
    this.#sender.changed("cursor");
    if (this.#followers.length) this.#sender.changed("viewport");
  }

  get #followers() {
    return [...this.#peers.values()].filter((peer) => this.#follows(peer));
  }

  /** Whether it is the page of somebody who follows us. */
  #follows({ following, person }: Peer) {
    return this.#me !== undefined && following === this.#me && person !== this.#me;
  }

  /** @param pages those that stay */
  #reset(pages: Record<string, News | null>) {
    for (const key of [...this.#peers.keys()]) if (!pages[key]) this.#news(key, null);
    // What is there comes whole: nothing is added to what was here.
    for (const key of this.#peers.keys()) for (const part of [this.#ink, this.#laser]) part.remove(key);
  }

  #news(key: string, news: News | null) {
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

  #gone(key: string) {
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

  /** What a peer's hand has: shapes of the board as they are in it, and those that it makes. */
  #preview(peer: Peer) {
    const { drag, key } = peer;
    const held = Object.entries(drag);
    this.#drafts.preview(new Map(held.filter(([, { shape }]) => !shape)), key);
    this.#drafts.sketch(
      held.flatMap(([id, { shape }]) =>
        shape?.kind && !this.#board.shapes.onBoard(id) ? complete(shape.kind, id, shape) : [],
      ),
      key,
    );
    this.#selections.refresh();
    this.#carets.show(peer);
  }

  #read(field: Field) {
    if (field === "viewport")
      return this.#followers.length && this.#follow.person === null ? sides(this.#board.camera.view()) : null;
    return field === "following" ? this.#follow.person : this.#self.read(field);
  }
}

function sides({ left, top, right, bottom }: Box) {
  return [left, top, right, bottom].map(bounded);
}
