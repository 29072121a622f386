import type { Board } from "../board.ts";
import { download } from "../ground/download.ts";
import { describe } from "../images/describe.ts";
import { source } from "../kinds/image.ts";
import type { Page } from "../page.ts";
import { selected } from "../select/selected.ts";
import type { Image } from "../types/shape.ts";
import type { Command } from "./command.ts";

/** The one picture that is selected, if it is on the server. */
function only(board: Board): Image | null {
  const [shape, ...others] = selected(board);
  return shape?.kind === "image" && !others.length && !source.local.has(shape.file) ? shape : null;
}

function ofPicture(
  id: string,
  title: string,
  work: (page: Page, shape: Image) => void,
  writes: boolean = true,
): Command {
  return {
    id,
    title,
    kind: "",
    writes,
    when: ({ board }) => {
      const shape = only(board);
      return shape !== null && !(writes && shape.locked);
    },
    run: (page) => {
      const shape = only(page.board);
      if (shape) work(page, shape);
    },
  };
}

export const pictures: Command[] = [
  ofPicture("crop", "Crop the picture", (page, shape) => page.pictures.crop(shape)),
  ofPicture("describe", "Describe the picture", ({ board }, shape) => describe(board, shape)),
  ofPicture("replace", "Replace the picture", (page, shape) => page.pictures.replace(shape)),
  ofPicture(
    "download",
    "Download the picture",
    (_, { file }) => download(`${source.images}${file}?download`, ""),
    false,
  ),
];
