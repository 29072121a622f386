// @ts-check

/** What the server takes, and its limits. */
const TAKEN = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", ""];
const MOST_BYTES = 10 * 2 ** 20;
const MOST_PIXELS = 40e6;
/** The longest side that the server keeps, in px. */
const SIDE = 4096;

/** The size of a picture that this browser cannot show, in px: the server says what it is. */
const UNKNOWN = { width: 320, height: 240 };

/** @typedef {{ file: Blob, name: string, width: number, height: number }} Prepared */

/**
 * A file as it is to be sent, and how large it is, upright. What the server would refuse for its size, or for its kind though this
 * browser can show it (a drawing in SVG, on an iPhone HEIC), is painted anew here.
 * @param {File} file @returns {Promise<Prepared>}
 */
export async function prepared(file) {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const fits = file.size <= MOST_BYTES && width * height <= MOST_PIXELS;
    if (TAKEN.includes(file.type) && fits) return { file, name: file.name, width, height };
    return await painted(image, file);
  } catch {
    return { file, name: file.name, ...UNKNOWN };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {HTMLImageElement} image @param {File} file @returns {Promise<Prepared>} */
async function painted(image, file) {
  const drawing = file.type === "image/svg+xml";
  const width = image.naturalWidth || UNKNOWN.width;
  const height = image.naturalHeight || UNKNOWN.height;
  const scale = Math.min(SIDE / Math.max(width, height), drawing ? 2 : 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const type = drawing || file.type === "image/bmp" ? "image/png" : "image/jpeg";
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.92));
  return blob ? { file: blob, name: file.name, width, height } : { file, name: file.name, width, height };
}
