// @ts-check
// Puts on the board what somebody pastes, drops or picks.
import { elements } from "../excalidraw.js";
import { pasteDrawing, pasteLibrary, pasteShapes, pasteText } from "../pasting.js";
import { contentOf, HEAD, TAKEN } from "./content.js";
import { meant } from "./flavours.js";
import { items } from "./library.js";

/** @import { Editor } from "../editor.js" */
/** @import { Content } from "./content.js" */
/** @import { Flavours } from "./flavours.js" */

/** So many refusals are said at a time. */
const SAID = 3;

/** A drawing's file has at most so many bytes; pictures in it are part of them. */
const LARGEST_DRAWING = 32 * 2 ** 20;

/** @param {Editor} editor @param {[number, number]} place where its middle goes @param {Flavours} flavours */
export function bring(editor, place, flavours) {
  const what = meant(flavours);
  if (what.take === "shapes") return pasteShapes(editor, place, what.shapes, what.board);
  if (what.take === "files") return void bringFiles(editor, place, what.files);
  if (what.take === "nothing") return editor.toast("error", what.why);
  if (what.take === "text") {
    pasteText(editor, place, what.text, what.table);
    return what.note ? editor.toast("info", what.note) : undefined;
  }
  if (what.take === "svg") return void editor.pictures?.take([new File([what.text], "drawing.svg", { type: "image/svg+xml" })], ...place);
  drawing(editor, place, what.text, what.take, "This");
}

/** @param {Editor} editor @param {[number, number]} place @param {File[]} files */
export async function bringFiles(editor, place, files) {
  const known = await Promise.all(files.map(async (file) => ({ file, content: await read(file) })));
  const pictures = known.filter(({ content }) => isPicture(content)).map(({ file }) => file);
  if (pictures.length) void editor.pictures?.take(pictures, ...place);
  const others = known.filter(({ content }) => !isPicture(content));
  for (const { file, content: { sort } } of others) if (isDrawing(sort)) drawing(editor, place, await file.text(), sort, file.name);
  const refused = others.filter(({ content }) => !isDrawing(content.sort));
  for (const { file, content } of refused.slice(0, SAID)) editor.toast("error", refusal(file.name, content));
  if (refused.length > SAID) editor.toast("error", `${refused.length - SAID} more files were not taken. ${TAKEN}`);
}

/** Why a file is not taken. @param {string} name @param {Content} content */
export function refusal(name, { sort, title, advice }) {
  return `${name || "The file"} is ${title}.${sort === "foreign" ? ` ${advice || TAKEN}` : advice && ` ${advice}`}`;
}

/** @param {Content} content */
export function isPicture({ sort }) {
  return sort === "picture" || sort === "painted" || sort === "svg";
}

/** @param {Content["sort"]} sort @returns {sort is "excalidraw" | "library"} */
function isDrawing(sort) {
  return sort === "excalidraw" || sort === "library";
}

/** @param {File} file @returns {Promise<Content>} */
export async function read(file) {
  try {
    const content = contentOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()), file.size);
    if (isDrawing(content.sort) && file.size > LARGEST_DRAWING) return { sort: "empty", title: `${content.title} of more than ${LARGEST_DRAWING / 2 ** 20} MiB`, advice: "Split it into several." };
    return content;
  } catch {
    return { sort: "empty", title: "a folder, or no file that can be read", advice: "Add the files that are in it." };
  }
}

/** @param {Editor} editor @param {[number, number]} place @param {string} text @param {"excalidraw" | "library"} sort @param {string} name */
function drawing(editor, place, text, sort, name) {
  const library = sort === "library" ? items(text) : null;
  const found = sort === "excalidraw" ? elements(text) : null;
  const title = sort === "library" ? "an Excalidraw library" : "an Excalidraw drawing";
  if (!library && !found) return editor.toast("error", `${name} is ${title}, but a part of it is missing or damaged.`);
  const put = library ? pasteLibrary(editor, place, library) : pasteDrawing(editor, place, found ?? [], text);
  if (!put) editor.toast("error", `${name} is ${title} without any shape that Easel has.`);
}
