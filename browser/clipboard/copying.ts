// The selection, or all there is, for other programs. Without https a browser has no clipboard for pictures: a file it is then.

import { download } from "../ground/download.ts";
import { element } from "../ground/element.ts";
import type { Page } from "../page.ts";
import { selected } from "../select/selected.ts";
import { toast } from "../site/toast.ts";
import { oneLine } from "../text/line.ts";
import { write } from "./clipboard.ts";
import { snapshot } from "./snapshot.ts";

/** Pixels of a PNG to a px of the board, most along a side, and most in all: phones have no larger canvas. */
const SCALE = 2;
const LARGEST = 8_192;
const MOST = 16_777_216;

/** Behind a PNG: light paper, as in static/css/tokens.css. */
const PAPER = "#fdfbf6";

export async function copySvg(page: Page) {
  const picture = taken(page);
  if (!picture) return;
  const { svg } = await picture;
  if (await written(svg)) toast("info", "Copied as SVG.");
  else save(new Blob([svg], { type: "image/svg+xml" }), "svg");
}

export async function copyPng(page: Page) {
  const picture = taken(page);
  if (!picture) return;
  const png = picture.then(raster);
  try {
    // The promise and not its outcome: Safari lets a page write only while it answers the key.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    toast("info", "Copied as PNG.");
  } catch {
    await png
      .then((blob) => save(blob, "png"))
      .catch(() => toast("error", "This is too much for one picture: select a part, or copy it as SVG."));
  }
}

function taken({ board, everything }: Page) {
  const chosen = selected(board);
  const shapes = chosen.length ? chosen : board.shapes.ordered().flatMap((id) => board.shapes.get(id) ?? []);
  if (everything && (!chosen.length || everything.selected)) {
    toast("info", `This picture has the ${shapes.length.toLocaleString()} shapes that are loaded here.`, {
      href: `${location.pathname}.svg`,
      text: "All as SVG",
    });
  }
  if (shapes.length) return snapshot(shapes, board.shapes.find);
  toast("info", "There is nothing to copy yet.");
  return null;
}

/** @returns whether the clipboard has it */
async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return write({ "text/plain": text });
  }
}

/** @returns a PNG */
async function raster({ svg, width, height }: { svg: string; width: number; height: number }): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SCALE, LARGEST / Math.max(width, height), Math.sqrt(MOST / (width * height)));
  const canvas = element("canvas");
  canvas.width = Math.max(1, Math.floor(width * scale));
  canvas.height = Math.max(1, Math.floor(height * scale));
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large."))), "image/png"),
  );
}

function save(blob: Blob, ending: string) {
  const url = URL.createObjectURL(blob);
  download(url, `${oneLine(document.querySelector("#title")?.textContent ?? "", 80) || "board"}.${ending}`);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  toast(
    "info",
    `This browser does not let the page copy pictures here, so it was saved as a ${ending.toUpperCase()} file.`,
  );
}
