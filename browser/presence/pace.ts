/** How long a page waits between two reports, so that the server's work stays bounded, in ms. */

/** A little less than a frame, so that each frame is told. */
const LEAST = 12;
const MOST = 250;

/** All writers together send 250 reports a second. The server sends 900 frames a second to all readers together: app/hub/presence/signals.py. */
const WRITER = 4;
const READER = 1000 / 900;

/** The server takes 256 KiB a second from one person, in bytes a ms. */
const BYTES = 200;

/**
 * @param readers pages that have the board open
 * @param writers pages whose hands do something just now
 * @param size of the last report
 */
export function paceOf(readers: number, writers: number, size: number = 0) {
  return Math.max(Math.min(MOST, Math.max(LEAST, writers * WRITER, readers * READER)), size / BYTES);
}
