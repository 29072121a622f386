// The words of a text, as a full text index keeps them.

/** Words of a text as the search index keeps them: lower case, letters and digits, at most 32 bytes. */
export function searchTerms(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => Buffer.byteLength(word) <= 32);
}
