// The dialog that gives the board as a file: which part of it a picture shows, and how.
import { element } from "../ground/element.ts";
import type { Page } from "../page.ts";
import { bindSaving } from "./saving.ts";

/** So many shapes a picture may be asked for; the same as in app/pictures/wanted.py. */
const MOST = 500;

/** Frames that the list offers. */
const FRAMES = 100;

/** Px of the preview, twice as wide as it is shown. */
const PREVIEW = 720;

/** The preview waits so long for the next choice, in ms. */
const PAUSE = 300;

/** @param url of the board */
export function bindExport(dialog: HTMLDialogElement, { board }: Page, url: string) {
  const form = dialog.querySelector("form.picture") as HTMLFormElement;
  const part = form.elements.namedItem("part") as HTMLSelectElement;
  const pages = form.elements.namedItem("pages") as HTMLSelectElement;
  const preview = dialog.querySelector("img") as HTMLImageElement;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = () => {
    const wanted = new URLSearchParams(part.value);
    const { moment } = document.body.dataset;
    if (moment) wanted.set("at", moment);
    for (const name of ["theme", "background"]) {
      const box = form.elements.namedItem(name) as HTMLInputElement;
      if (box.checked) wanted.set(name, box.value);
    }
    const one = part.value.startsWith("frame=") || !part.querySelector("[value^='frame=']");
    (pages.options.namedItem("export-frames") as HTMLOptionElement).disabled = one;
    if (one && pages.value === "frames") pages.value = "board";
    const { value: scale } = form.elements.namedItem("scale") as RadioNodeList;
    for (const link of form.querySelectorAll("a")) {
      const own = new URLSearchParams(wanted);
      if (link.dataset.ending === "png" && scale !== "1") own.set("scale", scale);
      if (link.dataset.ending === "pdf" && pages.value !== "board") own.set("pages", pages.value);
      link.href = `${url}.${link.dataset.ending}${own.size ? `?${own}` : ""}`;
    }
    wanted.set("width", String(PREVIEW));
    preview.src = `${url}.png?${wanted}`;
  };

  dialog.addEventListener("open", () => {
    said.textContent = "";
    const ids = [...board.selection.ids];
    const frames = board.shapes
      .ordered()
      .map((id) => board.shapes.get(id))
      .filter((shape) => shape?.kind === "frame")
      .slice(0, FRAMES);
    part.replaceChildren(
      option("", "The whole board"),
      ...(ids.length && ids.length <= MOST
        ? [option(`shapes=${ids.join(",")}`, `What is selected (${ids.length})`)]
        : []),
      ...frames.map((frame) =>
        option(`frame=${frame?.id}`, `Frame: ${(frame && "text" in frame && frame.text) || "untitled"}`),
      ),
    );
    if (ids.length && ids.length <= MOST) part.selectedIndex = 1;
    show();
  });
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  form.addEventListener(
    "click",
    () => {
      if (timer) show(); // what was chosen a moment ago counts
    },
    true,
  );
  const said = form.querySelector("[role=status]") as HTMLElement;
  bindSaving(form.querySelectorAll("a"), said);
  for (const event of ["load", "error"] as const)
    preview.addEventListener(event, () => (preview.hidden = event === "error"));
}

function option(value: string, text: string) {
  const made = element("option", "", text);
  made.value = value;
  return made;
}
