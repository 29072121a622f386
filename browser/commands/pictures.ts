import type { Editor } from "../editor.ts";
import { describe } from "../images/describe.ts";
import { source } from "../kinds/image.ts";
import { selected } from "../select/selected.ts";
import type { Image } from "../types.ts";
import type { Command } from "./command.ts";

/** The one picture that is selected, if it is on the server. */
function only(editor: Editor): Image | null {
  const [shape, ...others] = selected(editor);
  return shape?.kind === "image" && !others.length && !source.local.has(shape.file) ? shape : null;
}

function ofPicture(
  id: string,
  title: string,
  work: (editor: Editor, shape: Image) => void,
  writes: boolean = true,
): Command {
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

export const pictures: Command[] = [
  ofPicture("crop", "Crop the picture", (editor, shape) => editor.pictures?.crop(shape)),
  ofPicture("describe", "Describe the picture", describe),
  ofPicture("replace", "Replace the picture", (editor, shape) => editor.pictures?.replace(shape)),
  ofPicture("download", "Download the picture", (_, shape) => download(shape), false),
];

function download({ file }: Image) {
  const link = document.createElement("a");
  link.href = `${source.images}${file}?download`;
  link.download = "";
  link.click();
}
