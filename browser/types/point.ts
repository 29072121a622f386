/** A point, in board px if nothing else is said. */
export type Point = { x: number; y: number };
