// @ts-check
// The pictures of Excalidraw's clipboard and files, which have them inside. Pure.

/** @import { Image } from "./types.js" */

/** The files in it, by their ids. @param {string} text that `elements` has read @returns {Map<string, Blob>} */
export function files(text) {
  const found = Object.entries(JSON.parse(text).files ?? {}).flatMap(([id, file]) => {
    const blob = decoded(/** @type {any} */ (file)?.dataURL);
    return blob ? [/** @type {[string, Blob]} */ ([id, blob])] : [];
  });
  return new Map(found);
}

/** What an image element has beside its place. @param {Record<string, any>} element @returns {Partial<Image>} */
export function picture({ fileId, crop, scale }) {
  const [across, down] = Array.isArray(scale) ? scale : [1, 1];
  return { file: String(fileId), crop: part(crop), flip: `${across < 0 ? "x" : ""}${down < 0 ? "y" : ""}` };
}

/** @param {any} crop in px of the picture @returns {Image["crop"]} */
function part(crop) {
  const { x, y, width, height, naturalWidth, naturalHeight } = crop ?? {};
  const sides = [x / naturalWidth, y / naturalHeight, (x + width) / naturalWidth, (y + height) / naturalHeight];
  const inside = sides.every((side) => side >= 0 && side <= 1) && sides[0] < sides[2] && sides[1] < sides[3];
  return inside ? /** @type {[number, number, number, number]} */ (sides) : null;
}

/** @param {unknown} url */
function decoded(url) {
  const [, type, base64] = (typeof url === "string" && /^data:(image\/[a-z0-9.+-]+);base64,(.+)$/s.exec(url)) || [];
  if (!base64) return null;
  try {
    return new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], { type });
  } catch {
    return null;
  }
}
