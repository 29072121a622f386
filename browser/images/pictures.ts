import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import { source } from "../kinds/image.ts";
import type { BoardPictures, Target } from "../page.ts";
import type { Drafts } from "../scene/drafts.ts";
import type { Change, Upload } from "../types/change.ts";
import type { Image, Patch } from "../types/shape.ts";
import { added, again, brought, replaced } from "./arrivals.ts";
import { Asking } from "./asking.ts";
import { Crop } from "./crop.ts";
import { Detail } from "./detail.ts";
import { Rings } from "./rings.ts";
import { Shelf } from "./shelf.ts";
import { choose } from "./taking.ts";
import { Uploads, unsent } from "./uploads.ts";

/** Receives news of the pictures. */
interface Told {
  /** So many are on their way now. */
  waiting(count: number): void;
  /** One is on the board, as the change with this ts. */
  added(operationId: string, ts: string): void;
}

/**
 * The board's pictures: they are shown at once from the file that somebody brings, sent, and shown from the server's file when
 * that has them.
 */
export class Pictures implements BoardPictures {
  #board;
  #hand;
  #drafts;
  #uploads;
  #shelf;
  #rings;
  #detail;
  #crop;
  #asking;
  #told;
  /** The number of waiting pictures in the last news. */
  #said = 0;
  /** What was done to a picture while it was on its way, by the shape's id. */
  #held: Map<string, Patch> = new Map();

  constructor(
    { board, hand, drafts }: { board: Board; hand: Hand; drafts: Drafts },
    { url, owner, group, over }: { url: string; owner: string; group: SVGGElement; over: HTMLElement },
    told: Told,
  ) {
    this.#board = board;
    this.#hand = hand;
    this.#drafts = drafts;
    this.#shelf = new Shelf(owner);
    this.#told = told;
    this.#uploads = new Uploads(`${url}/images`, this.#shelf, {
      changed: () => this.#changed(),
      done: (upload, answer) => this.#done(upload, answer),
    });
    this.#rings = new Rings(over, board, this.#uploads, (id) => this.#cancel(id));
    this.#detail = new Detail(board, group);
    this.#crop = new Crop(board, over);
    this.#asking = new Asking(over, board);
    board.camera.moves.add(() => this.#moved());
    board.shapes.onChange(() => this.#rings.moved());
    void this.#shelf.all().then((waiting) => waiting.forEach((upload) => this.#show(upload, true)));
  }

  /** How many are on their way. */
  get waiting() {
    return this.#uploads.waiting;
  }

  #changed() {
    this.#rings.show();
    if (this.#said !== this.waiting) this.#told.waiting(this.waiting);
    this.#said = this.waiting;
  }

  #moved() {
    this.#rings.moved();
    this.#detail.moved();
    this.#crop.moved();
    this.#asking.moved();
  }

  /** What is done to a shape by a double click: of a picture, its edges. Whether it was one. */
  edit({ id }: Target) {
    const shape = this.#board.shapes.get(id ?? "");
    if (shape?.kind !== "image") return false;
    if (!shape.locked && !source.local.has(shape.file)) this.crop(shape);
    return true;
  }

  /** Asks which part of a picture is to be seen. */
  crop(shape: Image) {
    this.#crop.open(shape);
  }

  /** Asks for another picture in this one's place. */
  replace(shape: Image) {
    choose(false, async ([file]) => {
      const upload = file && (await replaced(shape, file));
      if (upload) this.#show(upload);
    });
  }

  /** What of a change is to be sent now: the server does not know the pictures yet that are on their way. */
  hold({ put = [], patch = {}, remove = [], ...rest }: Change): Change {
    const going = new Map(
      [...this.#uploads.all].filter(({ upload }) => !upload.replaces).map(({ upload }) => [upload.shape.id, upload]),
    );
    if (!going.size) return { put, patch, remove, ...rest };
    for (const [id, upload] of going) {
      if (remove.includes(id)) this.#cancel(upload.operationId);
      else if (patch[id]) this.#change(upload, patch[id]);
    }
    const known = Object.entries(patch).filter(([id]) => !going.has(id));
    return { put, patch: Object.fromEntries(known), remove: remove.filter((id) => !going.has(id)), ...rest };
  }

  /** Pictures from elsewhere: as these shapes, whose files `get` finds; `why` it may not. */
  async bring(shapes: Image[], get: (file: string) => Promise<Blob | null>, why: string) {
    const uploads = await brought(shapes, get, why);
    for (const upload of uploads) this.#show(upload);
    this.#board.selection.add(uploads.map(({ shape }) => shape.id));
  }

  /** New pictures, around a place. */
  async take(files: File[], x: number, y: number) {
    const uploads = await added(files, x, y, this.#board.camera.view());
    for (const upload of uploads) this.#show(upload);
    const ids = uploads.map(({ shape }) => shape.id);
    if (!ids.length) return ids;
    this.#hand.tool("select");
    this.#board.selection.set(ids);
    return ids;
  }

  /** Pictures that others of this browser left for this board, and never sent. @returns by person */
  left(): Promise<Map<string, Upload[]>> {
    return this.#shelf.left();
  }

  /** They are this person's from now on. A new operation: if the old one came through, the shape is there, and is put once more. */
  adopt(uploads: Upload[]) {
    for (const upload of uploads) this.#show(again(upload));
  }

  /** @param uploads that others left */
  forget(uploads: Upload[]) {
    for (const { operationId } of uploads) void this.#shelf.drop(operationId);
  }

  /** On the board at once, and on its way. */
  #show(upload: Upload, kept?: boolean) {
    source.local.set(upload.operationId, URL.createObjectURL(upload.file));
    this.#draft(upload);
    this.#uploads.add(upload, kept);
  }

  #draft({ operationId, shape, replaces }: Upload) {
    const { file, h, crop } = shape;
    this.#drafts.add(operationId, replaces ? { patch: { [replaces]: { file, h, crop } } } : { put: [shape] });
  }

  #change(upload: Upload, patch: Patch) {
    this.#held.set(upload.shape.id, { ...this.#held.get(upload.shape.id), ...patch });
    upload.shape = { ...upload.shape, ...(patch as Partial<Image>) };
    void this.#shelf.keep(upload);
    this.#draft(upload);
  }

  #done({ operationId, shape, replaces }: Upload, { file, ts }: { file: string; ts: string; x?: number }) {
    const url = source.local.get(operationId) ?? "";
    this.#detail.know(file, url);
    this.#told.added(operationId, ts);
    source.local.delete(operationId);
    const held = { ...(replaces ? {} : unsent(shape)), ...this.#held.get(shape.id) };
    this.#held.delete(shape.id);
    if (Object.keys(held).length) this.#board.commit({ patch: { [shape.id]: held } });
    if (!replaces && !shape.alt && !this.#uploads.size) this.#asking.ask(shape.id);
  }

  #cancel(operationId: string) {
    for (const { upload } of this.#uploads.all)
      if (upload.operationId === operationId) this.#held.delete(upload.shape.id);
    this.#uploads.cancel(operationId);
    this.#drafts.rollback(operationId);
    URL.revokeObjectURL(source.local.get(operationId) ?? "");
    source.local.delete(operationId);
  }
}
