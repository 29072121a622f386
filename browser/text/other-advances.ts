/** The advance of what the font has no glyph for, in thousandths of the font size. */
const UNKNOWN = 600;
const IDEOGRAPH = 1000;
const EMOJI = 1250;

/** First code points of ranges, and the advance from there on where the font has no glyph. */
const OTHERS = [
  [0x0000, UNKNOWN],
  [0x00ad, 0],
  [0x00ae, UNKNOWN],
  [0x0300, 0],
  [0x0370, UNKNOWN],
  [0x0483, 0],
  [0x048a, UNKNOWN],
  [0x0591, 0],
  [0x05be, UNKNOWN],
  [0x0610, 0],
  [0x061b, UNKNOWN],
  [0x064b, 0],
  [0x0660, UNKNOWN],
  [0x0e31, 0],
  [0x0e32, UNKNOWN],
  [0x0e34, 0],
  [0x0e3b, UNKNOWN],
  [0x0e47, 0],
  [0x0e4f, UNKNOWN],
  [0x1100, IDEOGRAPH],
  [0x1160, UNKNOWN],
  [0x200b, 0],
  [0x2010, UNKNOWN],
  [0x202a, 0],
  [0x202f, UNKNOWN],
  [0x2060, 0],
  [0x2070, UNKNOWN],
  [0x20d0, 0],
  [0x2100, UNKNOWN],
  [0x2600, IDEOGRAPH],
  [0x27c0, UNKNOWN],
  [0x2b00, IDEOGRAPH],
  [0x2c00, UNKNOWN],
  [0x2e80, IDEOGRAPH],
  [0xa4d0, UNKNOWN],
  [0xac00, IDEOGRAPH],
  [0xd7a4, UNKNOWN],
  [0xf900, IDEOGRAPH],
  [0xfb00, UNKNOWN],
  [0xfe00, 0],
  [0xfe10, UNKNOWN],
  [0xfe20, 0],
  [0xfe30, IDEOGRAPH],
  [0xfe50, UNKNOWN],
  [0xfeff, 0],
  [0xff00, IDEOGRAPH],
  [0xff61, UNKNOWN],
  [0xffe0, IDEOGRAPH],
  [0xffe7, UNKNOWN],
  [0x1f000, EMOJI],
  [0x1f3fb, 0],
  [0x1f400, EMOJI],
  [0x1fb00, UNKNOWN],
  [0x20000, IDEOGRAPH],
  [0x3fffe, UNKNOWN],
  [0xe0000, 0],
  [0xe01f0, UNKNOWN],
];

/** @param point a code point */
export function otherAdvance(point: number) {
  return OTHERS[OTHERS.findLastIndex(([first]) => first <= point)][1];
}

/** Whether it is as wide as an emoji, or as the signs that are drawn like one. */
export function isWide(advance: number) {
  return advance === EMOJI || advance === IDEOGRAPH;
}
