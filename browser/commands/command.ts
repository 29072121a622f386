import type { Page } from "../page.ts";

/** What a person can ask for: by key, from a menu, from the palette, or by a button with `data-command`. */
export interface Command {
  id: string;
  title: string;
  /** The heading that it stands under in the sheet of keys; "" is not in it */
  kind: string;
  /** Such as "Ctrl+Shift+]"; the first is the one that a menu shows */
  keys?: string[];
  /** It changes the board: viewers do not get it */
  writes?: boolean;
  /** The browser makes its copy, cut or paste event of the keys: let it */
  native?: boolean;
  /** Too small a thing for the palette */
  quiet?: boolean;
  /** Whether there is something to do it to */
  when?: (page: Page) => boolean;
  /** Only commands that switch something on or off have it */
  checked?: (page: Page) => boolean;
  run: (page: Page, event?: KeyboardEvent) => void;
}
