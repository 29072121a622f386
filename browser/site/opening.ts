// Opens drawings of other programs, and Easel's own files: the server reads them.
import { button, element } from "../ground/element.ts";
import { newId } from "../ground/identifiers.ts";
import { explained } from "./refusal.ts";
import { send } from "./sending.ts";
import { toast } from "./toast.ts";

/** The same as in app/web/arriving.py, in bytes. */
export const LARGEST = 64 * 2 ** 20;

/** The fields for a file that is to be opened only if it looks the same. */
export const ALIKE = { as: "alike" };

/** What the server says of a file that it has opened: `top` is its topmost shape, `url` that of a new board. */
type Arrived = { shapes: number; lost: string[]; changeId: string; ts: string; top: string; url?: string };

/**
 * Sends a file, and says meanwhile how far it is.
 * @param url where it goes: a new board, or onto a board
 * @param fields beside the file
 * @returns null if it was not opened; the person has been told why, unless it was only to be opened if it looks the same
 */
export async function open(
  url: string,
  file: File,
  fields: Record<string, string> = {},
): Promise<Arrived | "cancelled" | null> {
  const name = file.name || "The drawing";
  if (file.size > LARGEST) {
    toast("error", `${name} has more than ${LARGEST / 2 ** 20} MiB. Split it into several.`);
    return null;
  }
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", file, name);
  const abort = new AbortController();
  const message = progress(name, () => abort.abort());
  const answer = await send(url, form, newId(), (part) => message.show(part), abort.signal);
  message.remove();
  if (answer && answer.status < 300) return answer.body as Arrived;
  if (abort.signal.aborted) return "cancelled";
  if (fields.as !== ALIKE.as)
    toast(
      "error",
      answer
        ? `${name} was not opened. ${explained(answer.body.error, answer.status)}`
        : `${name} was not opened: Easel could not be reached.`,
    );
  return null;
}

/** @param name of the file */
export function words(name: string, { shapes, lost }: Arrived) {
  const much = shapes === 1 ? "1 shape" : `${shapes.toLocaleString("en")} shapes`;
  return `${name || "The drawing"}: ${much}.${lost.map((one) => ` ${one}.`).join("")}`;
}

function progress(name: string, cancel: () => void) {
  const message = element("p", "toast offer");
  const text = element("span", "", `Sending ${name}…`);
  message.append(text, " ", button("", "Cancel", cancel));
  document.querySelector("#toasts")?.append(message);
  return {
    show(part: number) {
      text.textContent = part < 1 ? `Sending ${name}: ${Math.floor(100 * part)} %` : `Opening ${name}…`;
    },
    remove: () => message.remove(),
  };
}
