// Copy, cut and paste through the browser's own events: those work on plain http too, where there is no async clipboard.

import type { Board } from "../board.ts";
import { isTyping } from "../ground/typing.ts";
import { spelled, wrap } from "../intake/clipping.ts";
import type { Flavours } from "../intake/flavours.ts";
import { flavoursOf, meant } from "../intake/flavours.ts";
import type { Page } from "../page.ts";
import { whole } from "../select/selected.ts";
import { settled } from "../select/transforms.ts";
import { toast } from "../site/toast.ts";
import { bring } from "./bring.ts";

/** What was last copied, for a Paste that is no key press: a page may not read the clipboard by itself. */
const KEY = "easel:clip";

/** Follows the browser's clipboard. */
export function bindClipboard(page: Page, surface: HTMLElement) {
  const { board } = page;
  const here = document.body.dataset.board ?? "";
  let pointer: { clientX: number; clientY: number } | null = null;
  surface.addEventListener(
    "pointermove",
    ({ clientX, clientY, pointerType }) => (pointer = pointerType === "mouse" ? { clientX, clientY } : null),
    { passive: true },
  );
  surface.addEventListener("pointerleave", () => (pointer = null));

  const concerns = (event: Event) =>
    !isTyping(event.target) && !document.querySelector("dialog[open]") && !getSelection()?.toString();
  const place = () => (pointer ? board.camera.toBoard(pointer.clientX, pointer.clientY) : middle(board));

  const copy = (event: ClipboardEvent) => {
    const shapes = concerns(event) ? whole(board).map((shape) => settled(shape, board.shapes.find)) : [];
    if (!shapes.length || !event.clipboardData) return false;
    event.preventDefault();
    const html = wrap(shapes, here);
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", spelled(shapes));
    keep(html);
    page.everything?.covered("Copied");
    return true;
  };
  addEventListener("copy", copy);
  addEventListener("cut", (event) => {
    if (!copy(event) || !board.mayEdit) return;
    board.commit({
      remove: whole(board)
        .filter(({ locked }) => !locked)
        .map(({ id }) => id),
    });
    board.selection.clear();
  });
  addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!data || !board.mayEdit) return;
    const flavours = flavoursOf(data);
    if (!concerns(event) && !outgrows(event, flavours)) return;
    event.preventDefault();
    bring(page, place(), flavours);
  });
}

/** Whether somebody pastes something else than text while they write: it goes to the board, and the writing ends. */
function outgrows({ target }: ClipboardEvent, flavours: Flavours) {
  if (!(target instanceof HTMLTextAreaElement) || !target.closest("#writing")) return false;
  const { take } = meant(flavours);
  if (take === "text" || take === "svg" || (take === "shapes" && flavours.text)) return false;
  target.blur();
  return true;
}

/** Pastes what is on the clipboard, if the browser lets a page read it, or else what was last copied here, at the middle of the view. */
export async function pasteAsked(page: Page) {
  const flavours = (await asked()) ?? { html: kept() ?? "", text: "", files: [] };
  if (flavours.html || flavours.text || flavours.files.length) bring(page, middle(page.board), flavours);
  else toast("info", "Nothing has been copied here yet. From another program, paste with Ctrl+V.");
}

/** The clipboard, where there is https and the person allows it; null where not, or if it is empty. */
async function asked(): Promise<Flavours | null> {
  const found: Flavours = { html: "", text: "", files: [] };
  try {
    for (const item of await navigator.clipboard.read()) {
      for (const type of item.types) {
        const blob = await item.getType(type);
        if (type === "text/html") found.html = await blob.text();
        else if (type === "text/plain") found.text = await blob.text();
        else if (type.startsWith("image/")) found.files.push(new File([blob], "picture", { type }));
      }
    }
  } catch {
    return null;
  }
  return found.html || found.text || found.files.length ? found : null;
}

function middle({ camera }: Board): [number, number] {
  const { x, y } = camera.middle();
  return [x, y];
}

/** Puts these on the clipboard, as the answer to a click. @param flavours texts by their types @returns whether it has them */
export function write(flavours: Record<string, string>): boolean {
  const put = (event: ClipboardEvent) => {
    for (const [type, text] of Object.entries(flavours)) event.clipboardData?.setData(type, text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("copy", put, { once: true, capture: true });
  const done = document.execCommand("copy");
  removeEventListener("copy", put, { capture: true });
  return done;
}

/** For a Paste that is no key press. */
export function keep(html: string) {
  try {
    localStorage.setItem(KEY, html);
  } catch {
    // Too much, or a browser that keeps nothing: then only the real clipboard has it.
  }
}

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
