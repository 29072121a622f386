import { bringFiles } from "../clipboard/bring.ts";
import { choose } from "../images/taking.ts";
import { openDialog } from "../site/dialogs.ts";
import type { Command } from "./command.ts";

export const files: Command[] = [
  { id: "export", title: "Export", kind: "View", keys: ["Ctrl+Shift+E"], run: () => openDialog("export") },
  {
    id: "open-file",
    title: "Open a file",
    kind: "Edit",
    writes: true,
    run: (page) => {
      const { x, y } = page.board.camera.middle();
      choose(true, (chosen) => void bringFiles(page, [x, y], chosen), "");
    },
  },
];
