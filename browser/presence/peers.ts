import type { Held } from "./held.ts";

/** Who has moved since so many ms does something just now. */
const LATELY = 2_000;

export type Piece = {
  id: string;
  from: number;
  points: number[];
  pressures?: number[];
  color?: string;
  width?: number;
  opacity?: number;
};

/** The server's news of one page of one person. An absent field has not changed, null is nothing. */
export interface News {
  name?: string;
  cursor?: [number, number] | null;
  tool?: string | null;
  selection?: string[] | null;
  drag?: Held | null;
  /** Left, top, right, bottom */
  viewport?: [number, number, number, number] | null;
  /** A person */
  following?: string | null;
  ink?: Piece[];
  laser?: Piece[];
  /** Strokes that are let go */
  dry?: string[];
}

export type Frame = { all?: boolean; watching?: number; pages?: Record<string, News | null> };

/** Another open page on this board: whose it is, and what that person does there. */
export class Peer {
  key;
  person;
  hue;
  name = "";
  cursor: [number, number] | null = null;
  tool: string | null = null;
  selection: string[] = [];
  drag: Held = {};
  viewport: [number, number, number, number] | null = null;
  following: string | null = null;
  /** When it last moved, by performance.now(). */
  movedAt = performance.now();
  /** When a hand last did something there: not when its view followed somebody else's. 0: not while we watched. */
  usedAt = 0;

  /** @param key `person.page` */
  constructor(key: string) {
    this.key = key;
    this.person = key.split(".")[0];
    this.hue = hueOf(this.person);
  }

  take(news: News) {
    if (this.#isUsed(news)) this.usedAt = performance.now();
    if (news.name !== undefined) this.name = news.name;
    if (news.cursor !== undefined) this.cursor = news.cursor;
    if (news.tool !== undefined) this.tool = news.tool;
    if (news.selection !== undefined) this.selection = news.selection ?? [];
    if (news.drag !== undefined) this.drag = news.drag ?? {};
    if (news.viewport !== undefined) this.viewport = news.viewport;
    if (news.following !== undefined) this.following = news.following;
    if (news.cursor || news.ink || news.laser || news.viewport || news.drag) this.movedAt = performance.now();
  }

  /** Whether a hand has done something there. A view that follows somebody moves by itself, and the first place is that of before. */
  #isUsed({ ink, laser, drag, selection, cursor, viewport, following = this.following }: News) {
    if (ink || laser || drag || selection) return true;
    return following === null && Boolean((cursor && this.cursor) || (viewport && this.viewport));
  }
}

/** How many of them do something just now. */
export function moving(peers: Iterable<Peer>): number {
  const since = performance.now() - LATELY;
  return [...peers].filter(({ movedAt }) => movedAt > since).length;
}

/** Of a person's pages the one that was used last: somebody may have the board open in two windows. */
export function pageOf(peers: readonly Peer[], person: string): Peer | null {
  let found: Peer | null = null;
  for (const peer of peers) {
    if (peer.person !== person) continue;
    const later =
      !found || peer.usedAt > found.usedAt || (peer.usedAt === found.usedAt && peer.cursor && !found.cursor);
    if (later) found = peer;
  }
  return found;
}

/**
 * Whom somebody sees who follows this person, who may follow somebody, and so on: the people, and the page at the end of the
 * chain, which a hand moves. There is none if the chain comes back to `me` or to one of its own.
 */
export function chainOf(peers: readonly Peer[], person: string, me?: string): { people: string[]; root: Peer | null } {
  const people: string[] = [];
  for (let next = person; next !== me && !people.includes(next); ) {
    people.push(next);
    const page = pageOf(peers, next);
    if (!page?.following) return { people, root: page };
    next = page.following;
  }
  return { people, root: null };
}

/** The colour of a person, the same as the server's for the avatar. */
function hueOf(person: string) {
  return parseInt(person.slice(-1), 16) % 10 || 0;
}
