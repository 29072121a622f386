// When does a cron run next? All of it in UTC.

import { createHash } from "node:crypto";
import type { Schedule } from "../functions/listing.ts";
import { FunctionError } from "../value/errors.ts";

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MINUTE = 60_000;
const DAY = 86_400_000;
/** The 29th of February on a given day of the week comes again within 40 years. */
const HORIZON_DAYS = 40 * 366;

/**
 * Milliseconds since the epoch of the first run after `after`. `last` is the run before, from which intervals count; without one
 * an interval runs at once. Raises FunctionError for a schedule that makes no sense or never comes.
 */
export function nextRun(schedule: Schedule, after: number, last?: number): number {
  if (schedule.type === "interval") {
    const step = ((schedule.seconds ?? 0) + (schedule.minutes ?? 0) * 60 + (schedule.hours ?? 0) * 3600) * 1000;
    return last === undefined ? after : last + step * Math.max(1, Math.floor((after - last) / step) + 1);
  }
  const fields = parse(schedule);
  const start = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  let day = Math.floor(start / DAY) * DAY;
  for (let days = 0; days < HORIZON_DAYS; days++, day += DAY) {
    if (!fields.onDay(new Date(day))) continue;
    for (const hour of fields.hours) {
      for (const minute of fields.minutes) {
        const at = day + (hour * 60 + minute) * MINUTE;
        if (at >= start) return at;
      }
    }
  }
  throw new FunctionError(`The cron schedule ${JSON.stringify(schedule)} never comes.`);
}

/** The schedule with a minute, if its author left that open: the same one at each start. */
export function withMinute(schedule: Schedule, cron: string): Schedule {
  if (schedule.type === "interval" || schedule.type === "cron" || schedule.minuteUTC !== undefined) return schedule;
  return { ...schedule, minuteUTC: createHash("sha256").update(cron).digest().readUInt16BE() % 60 };
}

interface Fields {
  minutes: number[];
  hours: number[];
  onDay: (date: Date) => boolean;
}

function parse(schedule: Exclude<Schedule, { type: "interval" }>): Fields {
  if (schedule.type === "cron") return parseCron(schedule.cron);
  const minutes = [schedule.minuteUTC ?? 0];
  const every = Array.from({ length: 24 }, (_, hour) => hour);
  if (schedule.type === "hourly") return { minutes, hours: every, onDay: () => true };
  const hours = [schedule.hourUTC];
  if (schedule.type === "daily") return { minutes, hours, onDay: () => true };
  if (schedule.type === "weekly") {
    const weekday = DAYS.indexOf(schedule.dayOfWeek);
    return { minutes, hours, onDay: (date) => date.getUTCDay() === weekday };
  }
  return { minutes, hours, onDay: (date) => date.getUTCDate() === schedule.day };
}

/** Five fields: minute, hour, day of the month, month, day of the week. As in cron, two restricted days mean either. */
function parseCron(text: string): Fields {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) throw new FunctionError(`The cron string "${text}" must have five fields.`);
  const [minute, hour, dayOfMonth, month, dayOfWeek] = parts as [string, string, string, string, string];
  const dates = parseField(text, dayOfMonth, 1, 31);
  const months = parseField(text, month, 1, 12, MONTHS);
  const weekdays = parseField(
    text,
    dayOfWeek,
    0,
    7,
    DAYS.map((name) => name.slice(0, 3)),
  ).map((day) => day % 7);
  const either = !dayOfMonth.startsWith("*") && !dayOfWeek.startsWith("*");
  return {
    minutes: parseField(text, minute, 0, 59),
    hours: parseField(text, hour, 0, 23),
    onDay(date) {
      if (!months.includes(date.getUTCMonth() + 1)) return false;
      const byDate = dates.includes(date.getUTCDate());
      const byWeekday = weekdays.includes(date.getUTCDay());
      return either ? byDate || byWeekday : byDate && byWeekday;
    },
  };
}

function parseField(text: string, field: string, least: number, most: number, names: string[] = []): number[] {
  const wrong = (): FunctionError => new FunctionError(`The cron string "${text}" cannot be read at "${field}".`);
  const number = (word: string): number => {
    const named = names.indexOf(word.toLowerCase().slice(0, 3));
    const value = named >= 0 ? named + (names === MONTHS ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : NaN;
    if (!(value >= least && value <= most)) throw wrong();
    return value;
  };
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const [range, step = "1", more] = part.split("/");
    if (more !== undefined || !/^[1-9]\d*$/.test(step)) throw wrong();
    const [from, to, extra] = range === "*" || range === "?" ? [String(least), String(most)] : range!.split("-");
    if (extra !== undefined) throw wrong();
    const last = to !== undefined ? number(to) : part.includes("/") ? most : number(from!);
    for (let value = number(from!); value <= last; value += Number(step)) found.add(value);
  }
  if (found.size === 0) throw wrong();
  return [...found].sort((a, b) => a - b);
}
