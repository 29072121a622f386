// What the HTML on a clipboard shows. Pure: it is read as text, and never becomes a part of the page.

const ENTITIES = { nbsp: " ", amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" } as Record<string, string>;

/** Its words, cells with tabs between them and blocks with line ends. */
export function wordsOf(html: string) {
  return html
    .replace(/<!--[^]*?-->/g, "")
    .replace(/<(style|script|title|xml|svg|template)\b[^]*?<\/\1\s*>/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<\/t[dh]>\s*<t[dh]\b/gi, "\t$&")
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/blockquote|\/pre)\b[^>]*>\s*/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
      name ? (ENTITIES[name.toLowerCase()] ?? whole) : point(decimal ? Number(decimal) : parseInt(hex, 16)),
    )
    .replace(/[ \u00a0]+\n/g, "\n")
    .replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, "");
}

/** A picture that the HTML itself holds, if there is one. */
export function pictureOf(html: string): File | null {
  const [, type, base64] =
    /<img\b[^>]*\ssrc=["']data:(image\/[a-z0-9.+-]+);base64,([a-z0-9+/=\s]+)["']/i.exec(html) ?? [];
  if (!base64) return null;
  try {
    return new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], "picture", { type });
  } catch {
    return null;
  }
}

function point(code: number) {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
