import { read, refusal } from "../clipboard/bring.ts";
import { animated } from "../intake/animated.ts";
import type { Content } from "../intake/content.ts";
import { toast } from "../site/toast.ts";
import { LARGEST, painted } from "./painting.ts";
import { drawn, loaded } from "./vector.ts";

const MOST_PIXELS = 40e6;

/** The size of a picture that this browser cannot show, in px: the server says what is wrong with it. */
const UNKNOWN = { width: 320, height: 240 };

/** `note` says what the board shows otherwise than the file, `why` why the file cannot be had. */
export type Prepared = { file: Blob; name: string; width: number; height: number; note?: string };
type Refused = { why: string };

/** The files that can be sent; a toast says what is wrong with each of the others. One at a time: painting one takes 64 MiB. */
export async function allPrepared(files: File[]): Promise<Prepared[]> {
  const found = [];
  for (const file of files) {
    const one = await prepared(file);
    if ("why" in one) toast("error", one.why);
    else found.push(one);
    if ("note" in one && one.note) toast("info", one.note);
  }
  return found;
}

/**
 * A file as it is to be sent, and how large it is, upright. What the server would refuse for its size, or for its kind though this
 * browser can show it (a drawing in SVG, an icon, on an iPhone HEIC), is painted anew here.
 */
async function prepared(file: File): Promise<Prepared | Refused> {
  const content = await read(file);
  try {
    if (content.sort === "svg") return await drawn(file);
    if (content.sort === "picture" || content.sort === "painted") return await shown(file, content);
    return { why: refusal(file.name, content) };
  } catch {
    return { why: `${file.name} is ${content.title}, but this browser could not paint it.` };
  }
}

async function shown(file: File, { sort, title, advice }: Content): Promise<Prepared | Refused> {
  const { name } = file;
  const image = await loaded(file).catch(() => null);
  if (!image && sort === "painted") return { why: `${name} is ${title}, which this browser cannot open. ${advice}` };
  if (!image && file.size > LARGEST)
    return {
      why: `${name} has ${Math.ceil(file.size / 2 ** 20)} MiB, and this browser cannot open it to make it smaller: a picture has at most ${LARGEST / 2 ** 20} MiB.`,
    };
  if (!image) return { file, name, ...UNKNOWN };
  const { naturalWidth: width, naturalHeight: height } = image;
  if (!width || !height) return { why: `${name} is ${title} without a size.` };
  const moves = animated(new Uint8Array(await file.slice(0, LARGEST).arrayBuffer()))
    ? { note: `${name} is animated: a board shows the first of its pictures.` }
    : {};
  if (sort === "picture" && file.size <= LARGEST && width * height <= MOST_PIXELS)
    return { file, name, width, height, ...moves };
  const made = await painted(image, width, height, sort === "painted" && title !== "a HEIC picture");
  return { file: made, name, width, height, ...moves };
}
