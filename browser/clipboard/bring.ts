// Puts on the board what somebody pastes, drops or picks.

import type { Content } from "../intake/content.ts";
import { contentOf, HEAD, SCENE, TAKEN } from "../intake/content.ts";
import { elements } from "../intake/excalidraw.ts";
import type { Flavours } from "../intake/flavours.ts";
import { meant } from "../intake/flavours.ts";
import { items } from "../intake/library.ts";
import type { Page } from "../page.ts";
import { LARGEST } from "../site/opening.ts";
import { toast } from "../site/toast.ts";
import { pasteDrawing, pasteLibrary, pasteShapes, pasteText } from "./pasting.ts";
import { bringVector } from "./vector.ts";

/** So many refusals are said at a time. */
const SAID = 3;

/** Pictures that may have a drawing of Excalidraw's in them. */
const SCENES = ["a PNG picture", "an SVG drawing"];

/** @param place where its middle goes */
export function bring(page: Page, place: [number, number], flavours: Flavours) {
  const what = meant(flavours);
  if (what.take === "shapes") return pasteShapes(page, place, what.shapes, what.board);
  if (what.take === "files") return void bringFiles(page, place, what.files);
  if (what.take === "nothing") return toast("error", what.why);
  if (what.take === "text") {
    pasteText(page, place, what.text, what.table);
    return what.note ? toast("info", what.note) : undefined;
  }
  if (what.take === "svg")
    return void bringVector(page, place, new File([what.text], "drawing.svg", { type: "image/svg+xml" }));
  if (what.take === "tldraw") return void page.open(new File([what.text], "The drawing"), place);
  drawing(page, place, what.text, what.take, "This");
}

export async function bringFiles(page: Page, place: [number, number], files: File[]) {
  const known = await Promise.all(files.map(async (file) => ({ file, content: await read(file) })));
  const pictures = known.filter(({ content }) => isPicture(content)).map(({ file }) => file);
  if (pictures.length) void page.pictures.take(pictures, ...place);
  const others = known.filter(({ content }) => !isPicture(content) && content.sort !== "svg");
  for (const { file } of known.filter(({ content }) => content.sort === "svg")) await bringVector(page, place, file);
  for (const { file } of others.filter(({ content }) => isDrawing(content))) await page.open(file, place);
  const refused = others.filter(({ content }) => !isDrawing(content));
  for (const { file, content } of refused.slice(0, SAID)) toast("error", refusal(file.name, content));
  if (refused.length > SAID) toast("error", `${refused.length - SAID} more files were not taken. ${TAKEN}`);
}

/** Why a file is not taken. */
export function refusal(name: string, { sort, title, advice }: Content) {
  return `${name || "The file"} is ${title}.${sort === "foreign" ? ` ${advice || TAKEN}` : advice && ` ${advice}`}`;
}

function isPicture({ sort }: Content) {
  return sort === "picture" || sort === "painted";
}

function isDrawing({ sort }: Content) {
  return sort === "drawing" || sort === "excalidraw" || sort === "library";
}

export async function read(file: File): Promise<Content> {
  try {
    const content = contentOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()), file.size);
    const scene = SCENES.includes(content.title) && (await hasScene(file));
    return scene ? { sort: "drawing", title: "an Excalidraw drawing", advice: "" } : content;
  } catch {
    return { sort: "empty", title: "a folder, or no file that can be read", advice: "Add the files that are in it." };
  }
}

async function hasScene(file: File) {
  return file.size <= LARGEST && new TextDecoder("latin1").decode(await file.arrayBuffer()).includes(SCENE);
}

function drawing(page: Page, place: [number, number], text: string, sort: "excalidraw" | "library", name: string) {
  const library = sort === "library" ? items(text) : null;
  const found = sort === "excalidraw" ? elements(text) : null;
  const title = sort === "library" ? "an Excalidraw library" : "an Excalidraw drawing";
  if (!library && !found) return toast("error", `${name} is ${title}, but a part of it is missing or damaged.`);
  const put = library ? pasteLibrary(page, place, library) : pasteDrawing(page, place, found ?? [], text);
  if (!put) toast("error", `${name} is ${title} without any shape that Easel has.`);
}
