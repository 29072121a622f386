// How exactly lengths are kept, in px.

export function toTenths(px: number) {
  return Math.round(10 * px) / 10;
}

/** A place at a whole twentieth has whole numbers in its path. */
export function toTwentieths(px: number) {
  return Math.round(20 * px) / 20;
}

export function toHundredths(px: number) {
  return Math.round(100 * px) / 100;
}
