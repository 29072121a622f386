import type { Figure } from "../types/shape.ts";
import { palette } from "./declared.ts";

/**
 * The ink of a label that stands out on its figure's fill, in light and in dark. The same as app/drawing/contrast.py.
 * Whole numbers only, so that both sides decide alike.
 */

/** As static/css/tokens.css has it, in light and in dark. */
const PAPER = ["#fdfbf6", "#1e1d1a"];
const COLORS: Record<string, string[]> = palette;
const THEMES = ["day", "night"];

/** Per cent of the colour in a tinted body, and in the label of one. */
const TINT = 18;
const LABEL = 60;
const USUAL = { tint: "label", solid: "paper" };

/** Tenths of a contrast: of a line's own colour, and of letters in the hue of the fill. */
const ENOUGH = 45;
const ALIKE = 30;

/** WCAG adds 0.05 to a luminance of at most 1; here that is at most 10^8. */
const FLARE = 5_000_000;

/** As far from black as from white: the root of FLARE * (10^8 + FLARE). */
const MIDDLE = 22_912_878;

/** Each sRGB channel as light, in ten-thousandths. */
const LIGHT = Array.from({ length: 256 }, (_, value) => {
  const c = value / 255;
  return Math.floor(10_000 * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4) + 0.5);
});

/** Whether the body has another colour than the line. */
export function ownFill({ fill, fillColor, color }: Figure) {
  return fill !== "none" && Boolean(fillColor) && fillColor !== color;
}

/** The classes of a figure's label; none: it is written in the colour of the line. */
export function labelLook(shape: Figure): string {
  const { fill, fillColor, color } = shape;
  if (fill === "none") return "";
  const own = ownFill(shape);
  if (!own && Object.hasOwn(COLORS, color)) return USUAL[fill];
  const inks = PAPER.map((paper, theme) => {
    const line = shade(color, theme);
    const full = own ? shade(fillColor as string, theme) : line;
    const body = fill === "solid" ? full : mix(full, paper, TINT);
    const hue = fill === "solid" ? paper : mix(line, COLORS.black[theme], LABEL);
    return { ink: inkOn(body), clear: own ? standOut(line, body, ENOUGH) : standOut(hue, body, ALIKE) };
  });
  if (!own && inks.every(({ clear }) => clear)) return USUAL[fill];
  return inks.flatMap(({ ink, clear }, theme) => (own && clear ? [] : `${THEMES[theme]}-${ink}`)).join(" ");
}

function shade(color: string, theme: number) {
  return Object.hasOwn(COLORS, color) ? COLORS[color][theme] : color;
}

/** As color-mix(in srgb) does. */
function mix(one: string, other: string, percent: number) {
  const others = channels(other);
  const mixed = channels(one).map((value, i) => Math.floor((percent * value + (100 - percent) * others[i] + 50) / 100));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(color: string) {
  return [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
}

function luminance(color: string) {
  const [red, green, blue] = channels(color).map((channel) => LIGHT[channel]);
  return 2126 * red + 7152 * green + 722 * blue;
}

function standOut(one: string, other: string, tenths: number) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return 10 * (high + FLARE) >= tenths * (low + FLARE);
}

/** Black or white, whichever has more contrast: at least 4.58. */
function inkOn(body: string) {
  return luminance(body) + FLARE > MIDDLE ? "dark" : "light";
}
