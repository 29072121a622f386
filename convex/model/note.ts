/** Notes as other programs send them, and as a board has them. */
import { LINE, lines } from "../../browser/text/layout.ts";
import { checkFields, checkText } from "./check";
import type { Drawing } from "./kinds";
import { WIDTH } from "./place";
import { refuse } from "./refuse";

export const MAX_TEXT = 1_000; // characters
const MAX_BODY = 64 * 1024; // characters
const MAX_FRAME = 200; // characters of a title, as in shapes/kinds.json
const PADDING = 16; // px, as in browser/kinds/note.ts
const [LARGE, SMALL] = [20, 16]; // px of letters
const LEAST = 120; // px of height
const FIELDS = ["text", "color", "frame"];

export type NoteIn = { text: string; color?: string; frame?: string };

/** Reads JSON, a form or plain text. @throws ConvexError `invalid`, `unsupported_media` */
export async function noteIn(request: Request): Promise<NoteIn> {
  const kind = (request.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (kind === "multipart/form-data") return noteOf(Object.fromEntries(await form(request)));
  const body = await request.text();
  if (body.length > MAX_BODY)
    refuse("change_too_large", `The body must have at most ${MAX_BODY} characters.`, { limit: MAX_BODY });
  if (kind === "application/json") return noteOf(parsed(body));
  if (kind === "text/plain") return noteOf({ text: body });
  if (kind === "application/x-www-form-urlencoded") return noteOf(Object.fromEntries(new URLSearchParams(body)));
  refuse("unsupported_media", "Send JSON or a form with the field text, or text/plain.");
}

async function form(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    refuse("invalid", "The body is not a valid form.");
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    refuse("invalid", "The body is not valid JSON.");
  }
}

function noteOf(given: unknown): NoteIn {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    refuse("invalid", "A note is an object with the field text.", { field: "text" });
  const fields = Object.entries(given).filter(([, value]) => value !== "" && value !== null);
  for (const [name, value] of fields) {
    if (!FIELDS.includes(name))
      refuse("invalid", `A note has the fields ${FIELDS.join(", ")}, and no field ${name.slice(0, 40)}.`, {
        field: name.slice(0, 40),
      });
    if (typeof value !== "string") refuse("invalid", `${name} must be text.`, { field: name });
  }
  const { text = "", ...rest } = Object.fromEntries(fields);
  return { text: text.replaceAll("\r\n", "\n").trim(), ...rest };
}

/** A note that is as high as its text. @throws ConvexError `invalid` */
export function noteFor({ text, color = "yellow", frame }: NoteIn): Omit<Extract<Drawing, { kind: "note" }>, "z"> {
  const bad = (field: string, message: string, limit?: number) => refuse("invalid", message, { field, limit });
  if (text === "") bad("text", `text must have 1 to ${MAX_TEXT} characters.`, MAX_TEXT);
  checkText(text, "text", bad, MAX_TEXT);
  if (frame !== undefined) checkText(frame, "frame", bad, MAX_FRAME);
  const size = heightOf(text, LARGE) <= WIDTH ? LARGE : SMALL;
  const look = { rotation: 0, opacity: 1, group: "", locked: false, align: "center" } as const;
  const box = { x: 0, y: 0, w: WIDTH, h: heightOf(text, size) };
  const note = { kind: "note", ...look, ...box, text, size, color } as const;
  checkFields({ ...note, z: 0 }, { color }, bad);
  return note;
}

function heightOf(text: string, size: number): number {
  return Math.max(LEAST, Math.ceil(lines(text, size, WIDTH - 2 * PADDING).length * LINE * size + 2 * PADDING));
}
