// The log. Each commit appends one record, which is on disk before answers go out. Another thread waits for the disk. SQLite gets the
// documents a little later, many at a time; then the log starts over. To write a record over zeros costs a third of a commit in SQLite.
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  write,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

const HEADER = 8;
const WIPED_AT_ONCE = 1 << 17;
/** A new log's length in bytes. */
export const PREALLOCATED = 8 << 20;
/** A record begins with its commit's ts, nanoseconds since 1970: 19 digits until the year 2286. */
const TS_DIGITS = 19;
const TS_ENDS = /(?<=[0-9]{19})\n/g;
/** Most bytes to checksum in search of the epoch of a log that is ahead of its database: some 10 ms. */
const SEARCHED = 16 << 20;

/** A damaged part of the log, in bytes. */
export interface Damage {
  from: number;
  to: number;
}

export class Log {
  readonly #path: string;
  readonly #file: number;
  #epoch: number;
  #end = 0;
  /** After this offset there are only zeros. */
  #written: number;

  /** Records of other epochs are old ones that have not been overwritten yet. */
  constructor(path: string, epoch: number) {
    this.#path = path;
    this.#epoch = epoch;
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC, 0o600);
    const { size } = fstatSync(this.#file);
    this.#written = size;
    if (size >= PREALLOCATED) return;
    writeSync(this.#file, Buffer.alloc(PREALLOCATED - size), 0, PREALLOCATED - size, size);
    const folder = openSync(dirname(path), constants.O_RDONLY);
    fsyncSync(folder); // else a power cut could lose the new file's name
    closeSync(folder);
  }

  get bytes(): number {
    return this.#end;
  }

  /**
   * Writes one record; only one is written at a time. Calls `done` when it is on disk, or with what the file system says: the log is
   * then as it was.
   */
  append(text: string, done: (error: Error | null) => void): void {
    const length = Buffer.byteLength(text);
    const record = Buffer.allocUnsafe(HEADER + length);
    record.write(text, HEADER);
    record.writeUInt32LE(length, 0);
    record.writeUInt32LE(crc32(record.subarray(HEADER), this.#epoch), 4);
    const start = this.#end;
    this.#end += record.length;
    this.#written = Math.max(this.#written, this.#end);
    const from = (at: number): void =>
      write(this.#file, record, at, record.length - at, start + at, (error, bytes) => {
        if (error) this.#end = start;
        if (error || at + bytes === record.length) done(error);
        else from(at + bytes);
      });
    from(0);
  }

  /** Overwrites some of the old records after the end with zeros: their documents may be deleted by now. True if there are more. */
  wipe(): boolean {
    const length = Math.min(this.#written - this.#end, WIPED_AT_ONCE);
    if (length <= 0) return false;
    // From the back, so that the records next to the end stay whole.
    writeSync(this.#file, Buffer.alloc(length), 0, length, this.#written - length);
    this.#written -= length;
    return true;
  }

  /**
   * Every whole record, oldest first. A crash cuts off the last record at most, since each is on disk before the next begins. So a
   * bad record with good ones behind it is damage: `damaged` is called with its place, and the good ones follow.
   */
  *records(damaged: (damage: Damage) => void = () => {}): Generator<string> {
    const bytes = this.#read();
    for (let at = (this.#end = 0); ; ) {
      const body = bodyAt(bytes, at, this.#epoch);
      if (body) {
        at += HEADER + body.length;
        this.#end = at;
        yield body.toString();
        continue;
      }
      const next = this.#nextRecord(bytes, at);
      if (next === null) return;
      damaged({ from: at, to: next });
      at = next;
    }
  }

  /** Whether the log continues a later state of the database than the file beside it has. */
  get isAhead(): boolean {
    const bytes = this.#read();
    if (bodyAt(bytes, 0, this.#epoch)) return false;
    const tries = SEARCHED / Math.max(1024, bytes.readUInt32LE(0));
    for (let ahead = 1; ahead <= tries; ahead++) if (bodyAt(bytes, 0, this.#epoch + ahead)) return true;
    return false;
  }

  /** SQLite has all records now. */
  startOver(epoch: number): void {
    this.#epoch = epoch;
    this.#end = 0;
  }

  /** Copies the log to another name beside it. */
  keepCopy(): string {
    const copy = `${this.#path}.damaged-${new Date().toISOString().replaceAll(":", "-")}`;
    copyFileSync(this.#path, copy, constants.COPYFILE_EXCL);
    return copy;
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(): Buffer {
    const bytes = Buffer.alloc(fstatSync(this.#file).size);
    for (let at = 0, read = 1; read > 0 && at < bytes.length; at += read)
      read = readSync(this.#file, bytes, at, bytes.length - at, at);
    return bytes;
  }

  /** The offset of the first whole record of this epoch after `from`. */
  #nextRecord(bytes: Buffer, from: number): number | null {
    const text = bytes.toString("latin1", from);
    for (const { index } of text.matchAll(TS_ENDS)) {
      const at = from + index - TS_DIGITS - HEADER;
      if (at > from && bodyAt(bytes, at, this.#epoch)) return at;
    }
    return null;
  }
}

/** The body of the record at this offset, or null if there is no whole record. */
function bodyAt(bytes: Buffer, at: number, epoch: number): Buffer | null {
  if (at + HEADER > bytes.length) return null;
  const length = bytes.readUInt32LE(at);
  if (length === 0 || at + HEADER + length > bytes.length) return null;
  const body = bytes.subarray(at + HEADER, at + HEADER + length);
  return crc32(body, epoch) === bytes.readUInt32LE(at + 4) ? body : null;
}
