/** Types that several modules share. Coordinates are board px unless a name says otherwise. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Style {
  color: string;
  width: number;
}

/** A shape as the HTTP API speaks it; `points` are px relative to x, y in whole tenths. */
export interface Stroke {
  id: string;
  kind: "stroke";
  color: string;
  x: number;
  y: number;
  width: number;
  points: number[];
}

/** What one gesture does to the board. */
export interface Change {
  put?: Stroke[];
  remove?: string[];
}

/** One request that waits in the outbox: a change, or an undo or redo of one. */
export interface Entry extends Change {
  changeId: string;
  action: "changes" | "undo" | "redo";
}

/** The server's answer to an entry. `{}` when there was nothing to undo. */
export interface Answer {
  changeId?: string;
  ts?: string;
  undoes?: string;
  kept?: string[];
}

/** One position of the pointer, on the board and in the window. */
export interface Sample {
  x: number;
  y: number;
  clientX: number;
  clientY: number;
}

/** A tool: what a press, moves and a release of the pointer mean. Only `release` gives a change. */
export interface Tool {
  readonly name: string;
  /** False for tools that only look, which a viewer may use. */
  readonly writes: boolean;
  press(sample: Sample, pointerType: string): void;
  move(samples: Sample[], predicted: Sample[]): void;
  release(): Change | null;
  cancel(): void;
}

export type Role = "owner" | "editor" | "commenter" | "viewer";

/** What we use of ClerkJS. */
export interface Clerk {
  isSignedIn: boolean;
  session: { id: string; getToken(options?: { skipCache?: boolean }): Promise<string | null> } | null | undefined;
  load(options?: object): Promise<void>;
  mountSignIn(element: HTMLDivElement, options: { fallbackRedirectUrl: string; signUpFallbackRedirectUrl: string }): void;
  signOut(): Promise<void>;
}

declare global {
  interface Window {
    Clerk?: Clerk;
    __internal_ClerkUICtor?: unknown;
  }
}
