// The log: a commit is one record appended here and on disk before anybody hears of it. SQLite gets the documents a little later,
// many at a time; then the log starts over. A record written over zeros costs a third of what a commit of SQLite costs.
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

const HEADER = 8;
const PREALLOCATED = 8 << 20;
const WIPED_AT_ONCE = 1 << 20;

export class Log {
  readonly #file: number;
  #epoch: number;
  #end = 0;
  /** Behind this there are zeros alone. */
  #written: number;

  /** Records of another epoch are old ones, not yet written over. */
  constructor(path: string, epoch: number) {
    this.#epoch = epoch;
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC, 0o600);
    this.#written = fstatSync(this.#file).size;
    if (this.#written > 0) return;
    writeSync(this.#file, Buffer.alloc(PREALLOCATED));
    const folder = openSync(dirname(path), constants.O_RDONLY);
    fsyncSync(folder); // else a power cut could take the new file's name
    closeSync(folder);
  }

  get bytes(): number {
    return this.#end;
  }

  /** Returns when the record is on disk. Raises what the file system says; the log is then as it was. */
  append(text: string): void {
    const length = Buffer.byteLength(text);
    const record = Buffer.allocUnsafe(HEADER + length);
    record.write(text, HEADER);
    record.writeUInt32LE(length, 0);
    record.writeUInt32LE(this.#sum(record.subarray(HEADER)), 4);
    for (let at = 0; at < record.length; ) at += writeSync(this.#file, record, at, record.length - at, this.#end + at);
    this.#end += record.length;
    this.#written = Math.max(this.#written, this.#end);
  }

  /** Writes zeros over some of what lies behind the end: old records, of documents that may be deleted since. Whether there is more. */
  wipe(): boolean {
    const length = Math.min(this.#written - this.#end, WIPED_AT_ONCE);
    if (length <= 0) return false;
    // From behind, so that what is between the end and the rest is always what it was.
    writeSync(this.#file, Buffer.alloc(length), 0, length, this.#written - length);
    this.#written -= length;
    return true;
  }

  /** Every whole record, oldest first; what a crash cut off is not one. */
  *records(): Generator<string> {
    const header = Buffer.alloc(HEADER);
    const { size } = fstatSync(this.#file);
    for (this.#end = 0; ; ) {
      if (readSync(this.#file, header, 0, HEADER, this.#end) < HEADER) return;
      const length = header.readUInt32LE(0);
      if (length === 0 || this.#end + HEADER + length > size) return;
      const body = Buffer.alloc(length);
      readSync(this.#file, body, 0, length, this.#end + HEADER);
      if (this.#sum(body) !== header.readUInt32LE(4)) return;
      yield body.toString();
      this.#end += HEADER + length;
    }
  }

  /** What was logged is elsewhere now. */
  startOver(epoch: number): void {
    this.#epoch = epoch;
    this.#end = 0;
  }

  close(): void {
    closeSync(this.#file);
  }

  #sum(body: Uint8Array): number {
    return crc32(body, this.#epoch);
  }
}
