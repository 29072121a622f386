// Values of any type, as they should be. Pure.
import { clean } from "../text/clean.ts";

/** @param most characters */
export function written(value: unknown, most: number) {
  return typeof value === "string" ? clean(value, most) : "";
}

export function number(value: unknown, otherwise: number = 0) {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

export function between(least: number, value: number, most: number) {
  return Math.min(most, Math.max(least, value));
}
