// A clipboard, or a drop, holds the same thing in several flavours: which of them is meant. Pure.

import type { Shape } from "../types/shape.ts";
import { unwrap } from "./clipping.ts";
import { textual } from "./content.ts";
import { foreign } from "./foreign.ts";
import { pictureOf, wordsOf } from "./html.ts";
import { tldraw } from "./tldraw.ts";

/** JSON longer than this is nothing to read: Easel names it instead. In characters. */
const LONGEST_DATA = 5_000;

const NOTHING =
  "There is nothing here that Easel can put on a board: it takes text, pictures, and Excalidraw's shapes.";
const ONLY_ADDRESS =
  "Only the address of a picture is here, and not the picture. Save the picture as a file, and add that.";

export type Flavours = { html: string; text: string; files: File[] };

/** `note` says what was left out beside a text, `why` why nothing is taken. */
type Meant =
  | { take: "shapes"; board: string; shapes: Shape[] }
  | { take: "excalidraw" | "library" | "svg" | "tldraw"; text: string }
  | { take: "text"; text: string; table: boolean; note?: string }
  | { take: "files"; files: File[] }
  | { take: "nothing"; why: string };

export function flavoursOf(data: DataTransfer): Flavours {
  return { html: data.getData("text/html"), text: data.getData("text/plain"), files: [...data.files] };
}

/** Shapes first, then words, and a picture where it is all there is: spreadsheets put a picture of the cells beside them. */
export function meant({ html, text, files }: Flavours): Meant {
  const ours = unwrap(html);
  if (ours) return { take: "shapes", ...ours };
  const { sort, title } = textual(text);
  if (sort === "excalidraw" || sort === "library") return { take: sort, text };
  const drawing = tldraw(html, text);
  if (drawing) return { take: "tldraw", text: drawing };
  const theirs = foreign(html, text);
  if (theirs) return named(theirs, text, files);
  if (sort === "svg" && text.trimEnd().endsWith(">")) return { take: "svg", text };
  if (files.length && !worded(html, text, files)) return { take: "files", files };
  const words = text.trim() ? text : wordsOf(html);
  if (title === "JSON" && words.length > LONGEST_DATA && isJson(words))
    return {
      take: "nothing",
      why: `This is JSON of ${words.length.toLocaleString("en")} characters, and no text to read: Easel pastes at most ${LONGEST_DATA.toLocaleString("en")} of it.`,
    };
  if (words.trim()) return { take: "text", text: words, table: tabular(html, words) };
  const embedded = pictureOf(html);
  if (embedded) return { take: "files", files: [embedded] };
  return { take: "nothing", why: /<img\b/i.test(html) ? ONLY_ADDRESS : NOTHING };
}

function named({ program, advice }: { program: string; advice: string }, text: string, files: File[]): Meant {
  const why = `These are shapes from ${program}, which Easel cannot open yet: ${advice}.`;
  if (files.length) return { take: "files", files };
  if (!text.trim() || /^\s*[<{[%]/.test(text)) return { take: "nothing", why };
  return { take: "text", text, table: false, note: `${why} Only their words were taken.` };
}

/** Whether the words are more than what the files, or the picture, are called or where they are. */
function worded(html: string, text: string, files: File[]) {
  const words = text.trim();
  if (html) return wordsOf(html).trim() !== "" && !names(words, files) && !(isAddress(words) && /<img\b/i.test(html));
  return words !== "" && !names(words, files) && !isAddress(words);
}

function names(words: string, files: File[]) {
  const called = files.map(({ name }) => name);
  return (
    words !== "" &&
    words.split(/[\r\n]+/).every((line) => called.includes(line.trim().replace(/^.*[\\/]/, "")) || /^file:/.test(line))
  );
}

function isAddress(words: string) {
  return /^(https?|data|blob|file|x-apple\.\w+):\S*$/.test(words);
}

function isJson(text: string) {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** Whether its lines are rows of cells, which are not to be broken. */
function tabular(html: string, text: string) {
  const tabs = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split("\t").length - 1);
  return tabs[0] > 0 && (/<td[\s>]/i.test(html) || (!html && tabs.every((count) => count === tabs[0])));
}
