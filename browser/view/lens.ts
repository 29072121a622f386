import type { Box } from "../types/shape.ts";

/** Where the window is on the board: screen = (board + lens) · zoom. */
export class Lens {
  protected x = 0;
  protected y = 0;
  protected rect;
  zoom = 1;

  /** @param rect of what the board is seen through, in the window */
  constructor(rect: DOMRect) {
    this.rect = rect;
  }

  toBoard(clientX: number, clientY: number): [number, number] {
    return [(clientX - this.rect.left) / this.zoom - this.x, (clientY - this.rect.top) / this.zoom - this.y];
  }

  toClient(x: number, y: number): [number, number] {
    return [(x + this.x) * this.zoom + this.rect.left, (y + this.y) * this.zoom + this.rect.top];
  }

  /** A box of the window, on the board. */
  onBoard(box: Box): Box {
    const [left, top] = this.toBoard(box.left, box.top);
    const [right, bottom] = this.toBoard(box.right, box.bottom);
    return { left, top, right, bottom };
  }

  /** The part of the board in the window. */
  view(): Box {
    const { width, height } = this.rect;
    return { left: -this.x, top: -this.y, right: width / this.zoom - this.x, bottom: height / this.zoom - this.y };
  }

  /** The place of the board in the middle of the window. */
  middle() {
    const { left, top, right, bottom } = this.view();
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }
}
