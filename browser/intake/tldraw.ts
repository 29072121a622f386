// tldraw's clipboard: JSON in HTML, parts of which are packed. Pure.
import lz from "lz-string";

const HELD = /<div data-tldraw[^>]*>([^]*)<\/div>/;
const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** @returns the drawing as the server reads it; null if there is none, or none that can be unpacked */
export function tldraw(html: string, text: string): string | null {
  if (/^\s*\{[^]{0,200}"(tldrawFileFormatVersion|application\/tldraw)"/.test(text)) return unpacked(text);
  const held = (HELD.exec(html) ?? HELD.exec(text))?.[1].trim();
  if (!held) return null;
  const raw = held.includes("<"); // not every browser has made it sound HTML
  return unpacked(raw ? held : held.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]));
}

/** Version 3 packs all but the pictures, and the first one packed everything. */
function unpacked(given: string): string | null {
  try {
    const json = given.startsWith("{") ? given : lz.decompressFromBase64(given);
    const found = JSON.parse(json);
    const { otherCompressed, ...rest } = found.data ?? {};
    if (typeof otherCompressed !== "string") return usable(found) ? json : null;
    const whole = { ...found, data: { ...rest, ...JSON.parse(lz.decompressFromBase64(otherCompressed)) } };
    return usable(whole) ? JSON.stringify(whole) : null;
  } catch {
    return null;
  }
}

function usable(found: any) {
  return found.records?.length > 0 || found.data?.shapes?.length > 0;
}
