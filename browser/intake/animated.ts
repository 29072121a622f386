// Whether a picture moves: a board shows the first of its pictures. Pure.

/** @param bytes of the whole file */
export function animated(bytes: Uint8Array) {
  const head = String.fromCharCode(...bytes.subarray(0, 4_096));
  if (head.startsWith("GIF")) return frames(bytes) > 1;
  if (head.startsWith("\x89PNG")) return /acTL[^]*?IDAT|acTL(?![^]*IDAT)/.test(head);
  if (head.startsWith("RIFF")) return head.startsWith("VP8X", 12) && (bytes[20] & 2) !== 0;
  return head.startsWith("ftypavis", 4);
}

/** Of a GIF: each has a block that says how long it stays, then its place. */
function frames(bytes: Uint8Array) {
  let found = 0;
  for (let at = 13; at < bytes.length - 9 && found < 2; at++) {
    if (
      bytes[at] === 0x21 &&
      bytes[at + 1] === 0xf9 &&
      bytes[at + 2] === 4 &&
      bytes[at + 7] === 0 &&
      (bytes[at + 8] === 0x2c || bytes[at + 8] === 0x21)
    )
      found++;
  }
  return found;
}
