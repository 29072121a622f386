// The pictures of Excalidraw's clipboard and files, which have them inside. Pure.
import type { Image } from "../types/shape.ts";

/** The files in it, by their ids. @param text that `elements` has read */
export function files(text: string): Map<string, Blob> {
  const found = Object.entries(JSON.parse(text).files ?? {}).flatMap(([id, file]) => {
    const blob = decoded((file as any)?.dataURL);
    return blob ? [[id, blob] as [string, Blob]] : [];
  });
  return new Map(found);
}

/** What an image element has beside its place. */
export function picture({ fileId, crop, scale }: Record<string, any>): Partial<Image> {
  const [across, down] = Array.isArray(scale) ? scale : [1, 1];
  return { file: String(fileId), crop: part(crop), flip: `${across < 0 ? "x" : ""}${down < 0 ? "y" : ""}` };
}

/** @param crop in px of the picture */
function part(crop: any): Image["crop"] {
  const { x, y, width, height, naturalWidth, naturalHeight } = crop ?? {};
  const sides = [x / naturalWidth, y / naturalHeight, (x + width) / naturalWidth, (y + height) / naturalHeight];
  const inside = sides.every((side) => side >= 0 && side <= 1) && sides[0] < sides[2] && sides[1] < sides[3];
  return inside ? (sides as [number, number, number, number]) : null;
}

function decoded(url: unknown) {
  const [, type, base64] = (typeof url === "string" && /^data:(image\/[a-z0-9.+-]+);base64,(.+)$/s.exec(url)) || [];
  if (!base64) return null;
  try {
    return new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], { type });
  } catch {
    return null;
  }
}
