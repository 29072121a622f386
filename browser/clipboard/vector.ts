// Drawings in SVG: shapes if they look the same so, else pictures. The person may have it the other way.

import type { Page } from "../page.ts";
import { toast, unsay } from "../site/toast.ts";

export async function bringVector(page: Page, place: [number, number], file: File) {
  const name = file.name || "The drawing";
  const instead = { text: "Make it a picture", run: (top: string) => void asPicture(top) };
  if (!(await page.open(file, place, instead))) return void asItIs(page, place, file, name);
  // The offer takes back one's last change: so it holds until there is another one.
  const forget = page.board.onCommit(() => {
    unsay(`${name}:`);
    forget();
  });
  async function asPicture(top: string) {
    forget();
    if (page.board.shapes.get(top)) page.revert("undo"); // else that is done
    await page.pictures.take([file], ...place);
  }
}

/** As a picture. */
async function asItIs(page: Page, place: [number, number], file: File, name: string) {
  const ids = await page.pictures.take([file], ...place);
  if (!ids.length) return;
  toast("info", `${name} is a picture: as shapes it would look different.`, {
    text: "Make shapes of it",
    run: async () => {
      if (await page.open(file, place)) page.board.commit({ remove: ids });
    },
  });
}
