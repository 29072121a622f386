const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** The unit, and its length in seconds */
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** A time in the reader's own words, such as "5 minutes ago". @param time ms since the epoch */
export function ago(time: number): string {
  const seconds = (time - Date.now()) / 1_000;
  if (seconds < -30 * 86_400)
    return new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  const [unit, length] = UNITS.find(([, length]) => -seconds >= length) ?? ["second", 1];
  return unit === "second" ? "just now" : words.format(Math.round(seconds / length), unit);
}
