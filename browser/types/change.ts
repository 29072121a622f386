import type { Image, Patch, Shape } from "./shape.ts";

/** What one gesture does to the board. */
export interface Change {
  put?: Shape[];
  patch?: Record<string, Patch>;
  remove?: string[];
  /** It removes all that can be removed: the owner can take it back too */
  clears?: boolean;
}

/** A picture on its way to the server. */
export interface Upload {
  /** Under which the server puts it on the board once, however often it is sent. */
  operationId: string;
  /** As it is shown meanwhile: its `file` is the operation id. */
  shape: Image;
  file: Blob;
  /** What the file is called. */
  name: string;
  /** The image that shows this picture from now on; null puts a new one. */
  replaces: string | null;
  /** When it was added, in ms since the epoch. */
  at: number;
}

/** How a change is taken back: one's own, or as the owner what somebody has cleared. */
export type Reversal = "undo" | "redo" | "unclear";

/** One request that waits in the outbox: a change, or how one is taken back. */
export interface Entry extends Change {
  changeId: string;
  action: "changes" | Reversal;
  /** The entry that this is one gesture with. */
  continues?: string;
  /** Another person of this browser made it. */
  adopted?: boolean;
}

/** The server's answer to an entry. `{}` when there was nothing to undo. */
export interface Answer {
  changeId?: string;
  ts?: string;
  undoes?: string;
  kept?: string[];
  /** What came back, or changed back */
  shapes?: string[];
  /** The gesture has parts left to take back. */
  more?: boolean;
}
