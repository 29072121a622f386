// A ZIP file with many boards: the server makes a new one of each, and says how far it is.
import { button, element } from "../ground/element.ts";
import { newId } from "../ground/identifiers.ts";
import { sayThere } from "../site/next-page.ts";
import { explained } from "../site/refusal.ts";
import { send } from "../site/sending.ts";
import { toast } from "../site/toast.ts";

const PATH = "/archive/import";

/** The same as in app/web/arriving.py, in bytes. */
const LARGEST = 512 * 2 ** 20;

type Unpacked = {
  total: number;
  boards: { title: string; lost: string[] }[];
  refused: { name: string; message: string }[];
  stopped: string | null;
};

export function isArchive(file: File) {
  return /\.zip$/i.test(file.name) || /zip/.test(file.type);
}

/** @param key of the request: the same again goes on where it stopped */
export async function unpack(file: File, key = newId()): Promise<void> {
  if (file.size > LARGEST)
    return toast("error", `${file.name} has more than ${LARGEST / 2 ** 20} MiB. Unpack it, and open the boards in it.`);
  const form = new FormData();
  form.append("file", file, file.name);
  const abort = new AbortController();
  const message = element("p", "toast offer");
  const text = element("span", "", `Sending ${file.name}…`);
  message.append(
    text,
    " ",
    button("", "Cancel", () => abort.abort()),
  );
  document.querySelector("#toasts")?.append(message);
  let made = 0;
  const answer = await send(
    PATH,
    form,
    key,
    (part) => {
      text.textContent = part < 1 ? `Sending ${file.name}: ${Math.floor(100 * part)} %` : `Opening ${file.name}…`;
    },
    abort.signal,
    ({ done, total }) => {
      if (done === undefined) return;
      made = done;
      text.textContent = `Opening ${file.name}: ${done} of ${total} boards`;
    },
  );
  message.remove();
  if (abort.signal.aborted) return made ? show(`Cancelled. ${counted(made)} of ${file.name} stay.`) : undefined;
  const again = { text: "Go on", run: () => void unpack(file, key) };
  if (!answer || (answer.status < 300 && !answer.body.boards))
    return toast("error", `${file.name}: Easel could not be reached. ${counted(made)} came.`, again);
  if (answer.status >= 300)
    return toast("error", `${file.name} was not opened. ${explained(answer.body.error, answer.status)}`);
  const unpacked = answer.body as Unpacked;
  if (unpacked.stopped) return toast("error", `${words(file.name, unpacked)} ${unpacked.stopped}`, again);
  show(words(file.name, unpacked));
}

/** On the list with the new boards. */
function show(text: string) {
  sayThere(text);
  location.assign("/boards");
}

function counted(boards: number) {
  return boards === 1 ? "1 board" : `${boards.toLocaleString("en")} boards`;
}

function words(name: string, { total, boards, refused }: Unpacked) {
  const all = boards.length === total ? counted(total) : `${boards.length} of ${counted(total)}`;
  const lost = boards.flatMap((board) => board.lost.map((line) => ` ${board.title}: ${line}.`));
  return `${name}: ${all}.${refused.map((one) => ` ${one.name}: ${one.message}`).join("")}${lost.join("")}`;
}
