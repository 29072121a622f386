// Text that a file or a clipboard holds, and what XML it begins. Pure; app/images/content.py is the same.

/** The words of a file: UTF-8 or, as its first bytes say, UTF-16; null if it is none. */
export function decoded(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  const wide =
    (a === 0xff && b === 0xfe) || (a && !b)
      ? "utf-16le"
      : (a === 0xfe && b === 0xff) || (!a && b)
        ? "utf-16be"
        : "utf-8";
  try {
    // `stream`: the last character may be cut off.
    const text = new TextDecoder(wide, { fatal: true }).decode(bytes, { stream: true });
    return /[\0-\x08\x0e-\x1a]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

/**
 * The name of the first element, without its prefix; "" if the text does not begin as XML or HTML. Before it there may be blanks, the
 * declaration and other instructions, comments, and a document type.
 */
export function rootOf(text: string) {
  if (/^\s*<!doctype html/i.test(text)) return "html";
  let rest = text.trimStart(); // which takes U+FEFF too
  for (let end: number; (end = skipped(rest)); ) rest = rest.slice(end).trimStart();
  const [, name = ""] = /^<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])/.exec(rest) ?? [];
  return name;
}

/** The length of what comes before the first element; 0 if nothing does. */
function skipped(text: string) {
  const last = text.startsWith("<?")
    ? "?>"
    : text.startsWith("<!--")
      ? "-->"
      : /^<!doctype[^>]*\[/i.test(text)
        ? "]"
        : /^<!doctype/i.test(text)
          ? ">"
          : "";
  const at = last ? text.indexOf(last, 4) : -1;
  if (at < 0) return 0;
  return last === "]" ? text.indexOf(">", at) + 1 : at + last.length;
}
