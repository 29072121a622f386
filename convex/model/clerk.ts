/** What Clerk sends: checks who signed it, and reads what is of use here. */
import { Webhook } from "standardwebhooks";
import { cleanName, cleanPicture } from "./name";

const ENDS = ["session.ended", "session.removed", "session.revoked"];
const TELLS = ["user.created", "user.updated"];

/** What one message changes. `at` is the time of the event, in ms since the epoch; 0 if unknown. */
export type Effect = {
  at: number;
  ends?: string; // a session
  person?: string; // issuer|subject
  deleted?: boolean;
  name?: string;
  picture?: string;
};

/** The variable `CLERK`, a JSON object that `make run` and `make push` write (launch/variables.py). */
export function settings(): { issuer?: string; webhookSecret?: string } {
  return JSON.parse(process.env.CLERK ?? "{}");
}

/** The message; null if Clerk has not signed it within the last five minutes. Clerk sends by Svix. */
export function verified(body: string, headers: Headers, secret: string): unknown {
  const names = ["id", "timestamp", "signature"];
  const standard = Object.fromEntries(names.map((name) => [`webhook-${name}`, headers.get(`svix-${name}`) ?? ""]));
  try {
    new Webhook(secret).verify(body, standard, { jsonParse: false });
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Null for what is of no use here, or not understood. */
export function effectOf(message: any, issuer: string): Effect | null {
  const { type, data, timestamp } = message ?? {};
  if (typeof data?.id !== "string") return null;
  const at = moment(data.updated_at) || moment(timestamp);
  const person = `${issuer}|${data.id}`;
  if (ENDS.includes(type)) return { at, ends: data.id };
  if (type === "user.deleted") return { at, person, deleted: true };
  if (!TELLS.includes(type)) return null;
  return { at, person, name: nameOf(data), picture: cleanPicture(text(data.image_url)) };
}

function nameOf(data: Record<string, unknown>): string {
  const full = [data.first_name, data.last_name].map(text).join(" ");
  return cleanName(full) || cleanName(text(data.username)) || "Somebody";
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const moment = (value: unknown): number => (typeof value === "number" ? value : 0);
