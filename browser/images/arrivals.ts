// Pictures that come: made ready to be sent, and with the shapes that show them meanwhile.

import { newId } from "../ground/identifiers.ts";
import { complete } from "../kinds/defaults.ts";
import { toHundredths } from "../kinds/rounding.ts";
import { toast } from "../site/toast.ts";
import type { Upload } from "../types/change.ts";
import type { Box, Image } from "../types/shape.ts";
import { places } from "./places.ts";
import type { Prepared } from "./prepared.ts";
import { allPrepared } from "./prepared.ts";

/** So many pictures come at a time. */
const MOST = 50;

/** New pictures, around a place. @param view what is seen of the board */
export async function added(files: File[], x: number, y: number, view: Box): Promise<Upload[]> {
  tooMany(files.length);
  const ready = await allPrepared(files.slice(0, MOST));
  const at = places(ready, x, y, view);
  return ready.map((one, i) => upload(complete("image", newId(), at[i]) as Image, one, i));
}

/** Pictures from another board or program, with their shapes. @param get finds a file @param why it may not */
export async function brought(
  shapes: Image[],
  get: (file: string) => Promise<Blob | null>,
  why: string,
): Promise<Upload[]> {
  const files = await Promise.all(shapes.slice(0, MOST).map(({ file }) => get(file)));
  const ready = await Promise.all(
    files.map(async (file) => file && (await allPrepared([new File([file], "picture", { type: file.type })]))[0]),
  );
  const uploads = ready.flatMap((one, i) => (one ? [upload(shapes[i], one, i)] : []));
  const left = files.length - uploads.length;
  if (left) toast("error", `${left === 1 ? "A picture was" : `${left} pictures were`} left out: ${why}.`);
  tooMany(shapes.length);
  return uploads;
}

/** Another picture in the place of one. */
export async function replaced(shape: Image, file: File): Promise<Upload | null> {
  const [ready] = await allPrepared([file]);
  if (!ready) return null;
  const h = toHundredths((shape.w * ready.height) / ready.width);
  return { ...upload({ ...shape, h, crop: null }, ready), replaces: shape.id };
}

/** A new operation with the same picture. */
export function again(sent: Upload): Upload {
  return { ...sent, ...named(sent.shape) };
}

/** @param i its place among the pictures of one gesture */
function upload(shape: Image, { file, name }: Prepared, i: number = 0): Upload {
  return { ...named(shape), file, name, replaces: null, at: Date.now() + i };
}

/** Until the server has the file, the operation stands for it. */
function named(shape: Image) {
  const operationId = newId();
  return { operationId, shape: { ...shape, file: operationId } };
}

function tooMany(count: number) {
  if (count > MOST)
    toast("error", `You can add ${MOST} pictures at a time: ${count - MOST} of ${count} were left out.`);
}
