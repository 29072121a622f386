/** Such as "1 change" or "2 changes". */
export function count(number: number, thing: string) {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
