// One line that is safe to show beside other people's: names, titles, file names, lines of a log. Pure.

/** Characters looked at: a name may come with much that is taken out. */
const RAW = 4_000;

// The same classes as in app/text.py; tests/fixtures/lines.json holds both to them.
const ESCAPES = /\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/gu;
const BROKEN = /[\ud800-\udfff\ufffe\uffff]/gu; // half a pair, and what XML forbids
const BLANK = /[\0-\x20\x7f-\xa0\u115f\u1160\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164\uffa0]+/gu;
const EMOJI = String.raw`\xa9\xae\u203c\u2049\u2100-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}`;
// Letters of scripts that a joiner shapes: Arabic and its kin, Indic, Khmer, Mongolian.
const JOINED = String.raw`\u0620-\u064a\u066e-\u06d3\u06fa-\u070e\u0710-\u077f\u07ca-\u07ea\u08a0-\u08c9\u0900-\u0ddf\u1000-\u109f\u1780-\u17b3\u17b6-\u17df\u1820-\u18aa\ufb50-\ufdff\ufe70-\ufefc`;
const INVISIBLE = new RegExp(
  // Stays: a flag of a region, what makes an emoji one, what shapes letters, a variant of an ideograph.
  String.raw`(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f}` +
    String.raw`|(?:(?<=[${EMOJI}])|(?<=[${EMOJI}]\ufe0f))\u200d(?=[${EMOJI}])` +
    String.raw`|(?<=[${EMOJI}])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)` +
    String.raw`|(?<=[${JOINED}])[\u200c\u200d](?=[${JOINED}])` +
    String.raw`|(?<=[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3fffd}])[\u{e0100}-\u{e01ef}]|(?<=[\u1820-\u18aa])[\u180b-\u180d])` +
    // Goes: whatever else has no width, or turns the direction of writing.
    String.raw`|[\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e` +
    String.raw`\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}` +
    String.raw`\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]`,
  "gu",
);
const ACCENT = String.raw`[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]`;
// One over the other: the fifth would reach into other people's lines.
const PILED = new RegExp(`(${ACCENT}{4})${ACCENT}+`, "gu");

/**
 * Takes out escape sequences, control characters, line breaks, what turns the direction and what has no width. Emoji and
 * the letters of every script stay whole. Harmless to repeat.
 * @param most characters (code points)
 */
export function oneLine(text: string, most: number = RAW) {
  const line = cleaned(start(text, RAW));
  return line.length <= most ? line : cleaned(start(line, most));
}

function start(text: string, most: number) {
  return text.length <= most ? text : [...text.slice(0, 2 * most)].slice(0, most).join("");
}

function cleaned(text: string) {
  return text
    .replace(ESCAPES, "")
    .replace(BROKEN, "\ufffd")
    .replace(BLANK, " ")
    .replace(INVISIBLE, "$1")
    .replace(PILED, "$1")
    .replace(BLANK, " ")
    .replace(/^ | $/g, "");
}
