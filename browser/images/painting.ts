import { element } from "../ground/element.ts";

// Pictures painted anew, in a format that the server takes. What is transparent stays so: JPEG is only for what is opaque.

/** The server's limits: bytes of a file, and px of the longest side that it keeps. */
export const LARGEST = 10 * 2 ** 20;
const SIDE = 4_096;

/** Each time that a picture is too large in every format, it is painted this much smaller. */
const SMALLER = 0.7;
const TRIES = 6;

/** Rows looked at in one go. */
const STRIP = 256;

/**
 * @param height in px
 * @param exact whether it is rather a drawing than a photograph
 */
export async function painted(image: HTMLImageElement, width: number, height: number, exact: boolean): Promise<Blob> {
  let scale = Math.min(1, SIDE / Math.max(width, height));
  for (let tries = 0; tries < TRIES; tries++, scale *= SMALLER) {
    const canvas = element("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext("2d");
    if (!context) break;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const lossy = opaque(context) ? "image/jpeg" : "image/webp";
    for (const type of exact ? ["image/png", lossy] : [lossy, "image/png"]) {
      const blob = await encoded(canvas, type);
      if (blob && blob.size <= LARGEST) return blob;
    }
  }
  throw new Error("The picture cannot be painted.");
}

/** Whether every pixel is. */
function opaque(context: CanvasRenderingContext2D) {
  const { width, height } = context.canvas;
  for (let top = 0; top < height; top += STRIP) {
    const { data } = context.getImageData(0, top, width, Math.min(STRIP, height - top));
    for (let i = 3; i < data.length; i += 4) if (data[i] < 255) return false;
  }
  return true;
}

/** A browser that lacks a format makes PNG instead, which keeps all. */
function encoded(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.92));
}
