// Files on the list: each that is dropped there, or chosen, becomes a board.
import { sayThere } from "../site/next-page.ts";
import { open, words } from "../site/opening.ts";

const ALL = "/boards/import";
const list = document.querySelector("main.shelf");
const input = document.querySelector<HTMLInputElement>("#open-file input[type=file]");

if (input) {
  input.multiple = true; // a form takes one
  input.addEventListener("change", () => {
    void take([...(input.files ?? [])]);
    input.value = "";
  });
}

/** One board opens at once. Of several the list shows all. */
async function take(files: File[]) {
  let last = "";
  let made = 0;
  for (const file of files) {
    const arrived = await open(ALL, file);
    if (!arrived || arrived === "cancelled" || !arrived.url) continue;
    last = arrived.url;
    made++;
    if (files.length === 1 ? arrived.lost.length : true) sayThere(words(file.name, arrived));
  }
  if (made) location.assign(files.length === 1 ? last : "/boards");
}

if (list)
  for (const type of ["dragenter", "dragover", "dragleave", "drop"] as const)
    addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files") || document.querySelector("dialog[open]")) return;
      list.toggleAttribute("data-dropping", type === "dragover" || type === "dragenter");
      if (type === "dragleave") return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      if (type === "drop") void take([...event.dataTransfer.files]);
    });
