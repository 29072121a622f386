import type { Tool } from "../types/tool.ts";

/** A tool that is put away as soon as it is taken: it only asks for files, see browser/images/taking.ts. */
export class Picture implements Tool {
  name = "image";

  press() {}

  move() {}

  release() {
    return null;
  }

  cancel() {}
}
