// @ts-check
/** @import { Tool } from "../types.js" */

/** A tool that is put away as soon as it is taken: it only asks for files, see static/js/images/taking.js. @implements {Tool} */
export class Picture {
  name = "image";
  writes = true;

  press() {}

  move() {}

  release() {
    return null;
  }

  cancel() {}
}
