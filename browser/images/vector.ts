// Drawings in SVG as pictures.
import { decoded } from "../intake/markup.ts";
import { drawingOf } from "../intake/svg.ts";
import { painted } from "./painting.ts";

/** Its size in px as it is meant; `note` says what is left out. */
type Drawn = { file: Blob; name: string; width: number; height: number; note?: string };

/** `why` it cannot be had. Raises an error if this browser cannot paint it. */
export async function drawn(file: File): Promise<Drawn | { why: string }> {
  const text = decoded(new Uint8Array(await file.arrayBuffer()));
  const drawing = text === null ? "an SVG drawing, but not all of it is text." : drawingOf(text);
  if (typeof drawing === "string") return { why: `${file.name} is ${drawing}` };
  const { svg, width, height, across, down, note } = drawing;
  const image = await loaded(new Blob([svg], { type: "image/svg+xml" }));
  const made = await painted(image, across, down, true);
  return {
    file: made,
    name: file.name,
    width,
    height,
    ...(note && { note: `${file.name} is drawn without ${note}.` }),
  };
}

export async function loaded(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
