// Files on the list: each that is dropped there, or chosen, becomes a board.
import { drawn } from "../images/vector.ts";
import { contentOf, HEAD } from "../intake/content.ts";
import { sayThere } from "../site/next-page.ts";
import { ALIKE, open, words } from "../site/opening.ts";
import { isArchive, unpack } from "./archives.ts";

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
    if (isArchive(file)) {
      await unpack(file);
      continue;
    }
    const arrived = await opened(file);
    if (!arrived || arrived === "cancelled" || !arrived.url) continue;
    last = arrived.url;
    made++;
    if (files.length === 1 ? arrived.lost.length : true) sayThere(words(file.name, arrived));
  }
  if (made) location.assign(files.length === 1 ? last : "/boards");
}

/** A drawing in SVG that would look different as shapes becomes a picture. */
async function opened(file: File) {
  if (!(await isVector(file))) return open(ALL, file);
  const arrived = await open(ALL, file, ALIKE);
  if (arrived) return arrived;
  const picture = await drawn(file).catch(() => null);
  // What cannot be painted the server names.
  return open(ALL, picture && "file" in picture ? new File([picture.file], file.name) : file);
}

async function isVector(file: File) {
  const head = await file
    .slice(0, HEAD)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return contentOf(new Uint8Array(head), file.size).sort === "svg";
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
