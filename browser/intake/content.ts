// What a file is, by its content: its name and the type that the system gives it count for little. Pure; app/images/content.py is the same.
import { decoded, rootOf } from "./markup.ts";

/**
 * `picture`: the server opens it. `painted`: this browser may be able to paint it. `drawing`: the server reads it, as it does Excalidraw's
 * files. The others are what their names say; `foreign` is anything else. `title` goes on after "… is", `advice` after it.
 */
export type Content = {
  sort: "picture" | "painted" | "svg" | "drawing" | "excalidraw" | "library" | "empty" | "foreign";
  title: string;
  advice: string;
};

/** So many bytes decide. */
export const HEAD = 64 * 1024;

export const TAKEN =
  "Easel takes pictures (PNG, JPEG, WebP, GIF, AVIF, SVG), PDFs, and files of Easel, Excalidraw and tldraw.";
const AS_PNG = "Export it as PNG, and add that.";
const AS_JPEG = "Save it as JPEG or PNG, and add that.";
const WORDS = "Open it, copy its words, and paste them.";

/** On the first bytes, each as one character */
const SIGNATURES: [sort: Content["sort"], title: string, advice: string, pattern: RegExp][] = [
  ["picture", "a PNG picture", "", /^\x89PNG\r\n\x1a\n/],
  ["picture", "a JPEG picture", "", /^\xff\xd8\xff/],
  ["picture", "a GIF picture", "", /^GIF8[79]a/],
  ["picture", "a WebP picture", "", /^RIFF[^]{4}WEBP/],
  ["picture", "an AVIF picture", "", /^[^]{4}ftypavi[fs]/],
  ["painted", "a HEIC picture", AS_JPEG, /^[^]{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)/],
  ["painted", "a JPEG XL picture", AS_JPEG, /^(\xff\x0a|\0\0\0\x0cJXL )/],
  ["painted", "a JPEG 2000 picture", AS_JPEG, /^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/],
  ["painted", "a TIFF picture", AS_JPEG, /^(II[*+]\0|MM\0[*+])/],
  ["painted", "a BMP picture", AS_JPEG, /^BM[^]{4}\0\0\0\0/],
  ["painted", "an icon", AS_PNG, /^\0\0[\x01\x02]\0[^\0]/],
  ["foreign", "a Photoshop picture", AS_PNG, /^8BPS/],
  ["drawing", "a PDF", "", /^\s*%PDF/],
  ["foreign", "a PostScript drawing", AS_PNG, /^(%!PS|\xc5\xd0\xd3\xc6)/],
  ["foreign", "a Figma file", AS_PNG, /^(fig-|PK\x03\x04[^]*canvas\.fig)/],
  ["foreign", "a Word document", WORDS, /^PK\x03\x04[^]*word\//],
  [
    "foreign",
    "a spreadsheet",
    "Open it, copy its cells, and paste them.",
    /^PK\x03\x04[^]*(xl\/|opendocument\.spreadsheet)/,
  ],
  ["foreign", "a presentation", AS_PNG, /^PK\x03\x04[^]*(ppt\/|opendocument\.presentation)/],
  ["foreign", "a text document", WORDS, /^PK\x03\x04[^]*opendocument\.text/],
  ["foreign", "a ZIP archive", "Unpack it, and add what is in it.", /^PK[\x03\x05]/],
  ["foreign", "an archive", "Unpack it, and add what is in it.", /^(\x1f\x8b|7z\xbc\xaf|Rar!)/],
  ["foreign", "an Office document", WORDS, /^\xd0\xcf\x11\xe0/],
  ["foreign", "a rich text document", WORDS, /^\{\\rtf/],
  [
    "foreign",
    "a sound",
    "",
    /^([^]{4}ftypM4[AB]|ID3|\xff[\xfb\xf3\xf2]|fLaC|RIFF[^]{4}WAVE|OggS[^]{24}(\x01vorbis|OpusHead))/,
  ],
  ["foreign", "a video", "", /^([^]{4}(ftyp|moov|mdat)|\x1aE\xdf\xa3|RIFF[^]{4}AVI |OggS|FLV\x01|\0\0\x01[\xba\xb3])/],
  ["foreign", "a font", "", /^(wOF[F2]|OTTO|\0\x01\0\0\0)/],
  ["foreign", "a program", "", /^(MZ|\x7fELF|\xcf\xfa\xed\xfe)/],
];

/** By the name of the first element */
const ROOTS: Record<string, [sort: Content["sort"], title: string, advice: string]> = {
  svg: ["svg", "an SVG drawing", ""],
  mxfile: ["foreign", "a draw.io diagram", AS_PNG],
  mxGraphModel: ["foreign", "a draw.io diagram", AS_PNG],
  html: ["foreign", "a web page (HTML)", WORDS],
};

/** What a picture has in it that Excalidraw exported with its drawing. */
export const SCENE = "application/vnd.excalidraw+json";

/** @param bytes the first `HEAD`, or all of a file that is text @param size of the whole file */
export function contentOf(bytes: Uint8Array, size: number = bytes.length): Content {
  if (!size) return { sort: "empty", title: "empty (0 bytes)", advice: "" };
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD));
  // windows-1252, which "latin1" means to browsers, has other characters from 0x80 to 0x9f.
  const plain = head.replace(/[^\0-\x7f\xa0-\xff]/g, (_, at) => String.fromCharCode(bytes[at]));
  const known = SIGNATURES.find(([, , , pattern]) => pattern.test(plain));
  if (known) return content(known);
  const text = decoded(bytes);
  if (text === null) return content(["foreign", "no kind of file that Easel knows", ""]);
  return textual(text);
}

export function textual(text: string): Content {
  const root = rootOf(text);
  if (root && Object.hasOwn(ROOTS, root)) return content(ROOTS[root]);
  if (/^\s*[{[]/.test(text)) return json(text);
  if (root) return content(["foreign", "XML", ""]);
  return content(["foreign", "a text file", WORDS]);
}

/** @param text it may be cut off */
function json(text: string): Content {
  const start = text.slice(0, HEAD);
  if (/"type"\s*:\s*"excalidraw(\/clipboard)?"/.test(start))
    return content(["excalidraw", "an Excalidraw drawing", ""]);
  if (/"type"\s*:\s*"excalidrawlib"/.test(start)) return content(["library", "an Excalidraw library", ""]);
  if (/"tldrawFileFormatVersion"|"application\/tldraw"|"com\.tldraw\./.test(start))
    return content(["drawing", "a tldraw drawing", ""]);
  if (/"type"\s*:\s*"easel"/.test(start)) return content(["drawing", "an Easel board", ""]);
  return content(["foreign", "JSON", ""]);
}

function content([sort, title, advice]: [
  sort: Content["sort"],
  title: string,
  advice: string,
  ...rest: unknown[],
]): Content {
  return { sort, title, advice };
}
