import type { Json } from "./json.ts";
/** An error of a function or its arguments. The caller and the developer see the message. */
export class FunctionError extends Error {
  /** The wire form of `ConvexError.data`, if it was one. */
  readonly data: Json | undefined;
  /** Positions in the functions' own source, one a line, indented. */
  readonly trace: string;

  constructor(message: string, data?: Json, trace = "") {
    super(message);
    this.data = data;
    this.trace = trace;
  }
}

/** A request that never reached a function. Answered as `{code, message}`. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Something outside (a port, a folder) prevents the start: one sentence, exit status 1. */
export class StartError extends Error {}

const FULL = /ENOSPC|EDQUOT|disk is full|quota/i;

/** The code of an answer when a commit or a file could not be written: the disk is full, or it fails otherwise. */
export const storageCode = (error: unknown): "StorageFull" | "StorageFailed" =>
  FULL.test(String(error)) ? "StorageFull" : "StorageFailed";
