// @ts-check

/** The server's limits. */
const MOST_BYTES = 10 * 2 ** 20;
const MOST_PIXELS = 40e6;
/** The longest side that the server keeps, in px. */
const SIDE = 4096;

/** The size of a picture that this browser cannot show, in px: the server says what it is. */
const UNKNOWN = { width: 320, height: 240 };

/** @typedef {{ file: Blob, name: string, width: number, height: number }} Prepared */

/**
 * A file as it is to be sent, and how large it is, upright. What the server would refuse for its size, and a drawing (SVG), which
 * it takes from nobody, is painted anew here.
 * @param {File} file @returns {Promise<Prepared>}
 */
export async function prepared(file) {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const drawing = file.type === "image/svg+xml";
    if (!drawing && file.size <= MOST_BYTES && width * height <= MOST_PIXELS) return { file, name: file.name, width, height };
    return await painted(image, file, drawing);
  } catch {
    return { file, name: file.name, ...UNKNOWN };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {HTMLImageElement} image @param {File} file @param {boolean} drawing @returns {Promise<Prepared>} */
async function painted(image, file, drawing) {
  const width = image.naturalWidth || UNKNOWN.width;
  const height = image.naturalHeight || UNKNOWN.height;
  const scale = Math.min(SIDE / Math.max(width, height), drawing ? 2 : 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const type = drawing ? "image/png" : "image/jpeg";
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.92));
  return blob ? { file: blob, name: file.name, width, height } : { file, name: file.name, width, height };
}
