/** Cards: what a person's list of boards knows of each board, so that it is read in order through an index. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

const MAX_CARDS = 1_200; // a board: 1,000 members and 200 visitors
const MAX_LIVELY = 200; // cards of a board, the last opened, that follow its last edit
const MINUTE = 60 * 1000; // ms

export const section = v.union(
  v.literal("recent"),
  v.literal("mine"),
  v.literal("shared"),
  v.literal("starred"),
  v.literal("templates"),
);
export const sort = v.union(v.literal("opened"), v.literal("edited"), v.literal("title"));
type Section = Infer<typeof section>;
type Sort = Infer<typeof sort>;

/** A title to sort and search by: in lower case, with é as e. */
export function plain(title: string): string {
  return title
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
}

/** The first owner: a search looks for the board among this person's boards. It stays when the board gets another owner. */
export function creatorOf(board: Doc<"boards">): Id<"users"> {
  return board.creator ?? board.owner;
}

export async function cardOf(ctx: QueryCtx, boardId: Id<"boards">, userId: Id<"users">): Promise<Doc<"cards"> | null> {
  return await ctx.db
    .query("cards")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId).eq("userId", userId))
    .unique();
}

/** A person's cards in one section, in order. */
export function cardsIn(ctx: QueryCtx, userId: Id<"users">, section: Section, sort: Sort) {
  const order = sort === "title" ? "asc" : "desc";
  const cards = ctx.db.query("cards");
  if (section === "recent") {
    const index = `by_${sort}` as "by_opened"; // all three begin with the same fields
    return cards.withIndex(index, (q) => q.eq("userId", userId).eq("trashed", false)).order(order);
  }
  if (section === "starred") {
    const index = `by_starred_and_${sort}` as "by_starred_and_opened";
    return cards.withIndex(index, (q) => q.eq("userId", userId).eq("trashed", false).eq("starred", true)).order(order);
  }
  if (section === "templates") {
    const index = `by_template_and_${sort}` as "by_template_and_opened";
    return cards.withIndex(index, (q) => q.eq("userId", userId).eq("trashed", false).eq("template", true)).order(order);
  }
  const index = `by_own_and_${sort}` as "by_own_and_opened";
  const own = section === "mine";
  return cards.withIndex(index, (q) => q.eq("userId", userId).eq("trashed", false).eq("own", own)).order(order);
}

/** A person's cards whose titles have these words, best first. */
export function cardsNamed(ctx: QueryCtx, userId: Id<"users">, section: Section, words: string) {
  return ctx.db.query("cards").withSearchIndex("search_title", (q) => {
    const found = q.search("title", plain(words)).eq("userId", userId).eq("trashed", false);
    if (section === "recent") return found;
    if (section === "templates") return found.eq("template", true);
    return section === "starred" ? found.eq("starred", true) : found.eq("own", section === "mine");
  });
}

/** Puts a board into a person's list, unless it is there. */
export async function addCard(ctx: MutationCtx, board: Doc<"boards">, userId: Id<"users">): Promise<void> {
  if ((await cardOf(ctx, board._id, userId)) === null) await insertCard(ctx, board, userId, Date.now());
}

export async function insertCard(
  ctx: MutationCtx,
  board: Doc<"boards">,
  userId: Id<"users">,
  openedAt: number,
  { starred = false, ...more }: Partial<Pick<Doc<"cards">, "starred" | "seen" | "changed">> = {},
): Promise<void> {
  await ctx.db.insert("cards", {
    boardId: board._id,
    userId,
    title: plain(board.title),
    own: board.owner === userId,
    starred,
    trashed: board.trashedAt !== undefined,
    template: board.template,
    openedAt,
    editedAt: board.editedAt ?? board._creationTime,
    creator: creatorOf(board),
    ...more,
  });
}

/** Whether others have changed the board since this person has seen it. Who was never there has missed nothing. */
export function hasNews({ seen, changed }: Doc<"cards">): boolean {
  return seen !== undefined && changed !== undefined && changed > seen;
}

/** Notes that the person has opened the board. Writes at most once a minute. */
export async function noteOpened(ctx: MutationCtx, board: Doc<"boards">, userId: Id<"users">): Promise<void> {
  const card = await cardOf(ctx, board._id, userId);
  const openedAt = Date.now();
  if (card === null) return await insertCard(ctx, board, userId, openedAt);
  if (card.openedAt > openedAt - MINUTE) return;
  await ctx.db.patch("cards", card._id, { openedAt, editedAt: board.editedAt ?? card.editedAt });
}

export async function dropCard(ctx: MutationCtx, boardId: Id<"boards">, userId: Id<"users">): Promise<void> {
  const card = await cardOf(ctx, boardId, userId);
  if (card !== null) await ctx.db.delete("cards", card._id);
}

/** Gives a guest's card to the account that the guest has become. */
export async function moveCard(
  ctx: MutationCtx,
  board: Doc<"boards">,
  guest: Id<"users">,
  account: Id<"users">,
): Promise<void> {
  const [had, has] = [await cardOf(ctx, board._id, guest), await cardOf(ctx, board._id, account)];
  if (had !== null) await ctx.db.delete("cards", had._id);
  const starred = had?.starred || has?.starred || false;
  const { seen, changed } = had ?? {};
  if (has === null)
    await insertCard(ctx, board, account, had?.openedAt ?? board._creationTime, { starred, seen, changed });
  else await ctx.db.patch("cards", has._id, { own: board.owner === account, starred });
}

/** Repeats on every card what has changed of the board. */
export async function patchCards(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  change: { title: string } | { trashed: boolean } | { template: boolean },
): Promise<void> {
  const fields = "title" in change ? { title: plain(change.title) } : change;
  const cards = ctx.db.query("cards").withIndex("by_board_and_user", (q) => q.eq("boardId", boardId));
  for (const card of await cards.take(MAX_CARDS)) await ctx.db.patch("cards", card._id, fields);
}

/** The same for the last edit, on the cards of those who opened the board last. */
export async function noteEdited(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  editedAt: number,
  last: Doc<"changes">,
): Promise<void> {
  const cards = ctx.db.query("cards").withIndex("by_board_and_opened", (q) => q.eq("boardId", boardId));
  for (const card of await cards.order("desc").take(MAX_LIVELY)) {
    // Whoever made the last change was there in this minute, and has seen what others did.
    const changed = card.userId === last.author ? {} : { changed: last.ts as bigint };
    await ctx.db.patch("cards", card._id, { editedAt, ...changed });
  }
}

export async function setOwn(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  userId: Id<"users">,
  own: boolean,
): Promise<void> {
  const card = await cardOf(ctx, boardId, userId);
  if (card !== null) await ctx.db.patch("cards", card._id, { own });
}
