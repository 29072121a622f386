// @ts-check
import { describe } from "../images/describe.js";
import { source } from "../kinds/image.js";
import { selected } from "./selected.js";

/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */
/** @import { Image } from "../types.js" */

/** The one picture that is selected, if it is on the server. @param {Editor} editor @returns {Image | null} */
function only(editor) {
  const [shape, ...others] = selected(editor);
  return shape?.kind === "image" && !others.length && !source.local.has(shape.file) ? shape : null;
}

/** @param {string} id @param {string} title @param {(editor: Editor, shape: Image) => void} work @param {boolean} [writes] @returns {Command} */
function ofPicture(id, title, work, writes = true) {
  return {
    id,
    title,
    kind: "",
    writes,
    when: (editor) => {
      const shape = only(editor);
      return shape !== null && !(writes && shape.locked);
    },
    run: (editor) => {
      const shape = only(editor);
      if (shape) work(editor, shape);
    },
  };
}

/** @type {Command[]} */
export const pictures = [
  ofPicture("crop", "Crop the picture", (editor, shape) => editor.pictures?.crop(shape)),
  ofPicture("describe", "Describe the picture", describe),
  ofPicture("replace", "Replace the picture", (editor, shape) => editor.pictures?.replace(shape)),
  ofPicture("download", "Download the picture", (_, shape) => download(shape), false),
];

/** @param {Image} shape */
function download({ file }) {
  const link = document.createElement("a");
  link.href = `${source.images}${file}?download`;
  link.download = "";
  link.click();
}
