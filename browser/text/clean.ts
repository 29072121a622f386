/**
 * What the API takes: \n and tabs are the only control characters, U+2028 and U+2029 are lines too.
 * @param most characters; half of a pair that this cuts goes too
 */
export function clean(text: string, most: number = Infinity) {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .slice(0, most)
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "");
}
