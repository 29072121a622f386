// Which other program's drawing a clipboard holds, that Easel cannot open. Pure.

const AS_PICTURE = "copy it there as SVG or PNG, and paste that";

/** What each puts into its HTML, or its text. */
const MARKS: [program: string, mark: RegExp, advice: string][] = [
  ["tldraw", /<(?:div|tldraw)[^>]*\sdata-tldraw|<tldraw>|application\/tldraw|"tldrawFileFormatVersion"/, AS_PICTURE],
  ["FigJam or Figma", /\(figma\)|\(figmeta\)/, AS_PICTURE],
  ["Miro", /\(miro-data-v1\)|data-miro/, AS_PICTURE],
  ["draw.io", /(?:<|%3C|&lt;)mx(?:GraphModel|file)\b/i, "export it there as SVG or PNG, and add that"],
  ["Lucidchart", /data-lucid|lucidchart-data/i, "export it there as SVG or PNG, and add that"],
  ["Excalidraw", /excalidraw-api\/clipboard/, AS_PICTURE],
];

export function foreign(html: string, text: string): { program: string; advice: string } | null {
  // A text that only speaks of them is a text: what begins otherwise than their data does.
  const data = /^\s*[<{[%]/.test(text) ? text : "";
  const [program, , advice] = MARKS.find(([, mark]) => mark.test(html) || mark.test(data)) ?? [];
  return program && advice ? { program, advice } : null;
}
