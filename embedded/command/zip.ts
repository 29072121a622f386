// ZIP files, as much as an export needs: deflated entries, no ZIP64 (so 4 GB at most), no encryption.
import { closeSync, createReadStream, fsyncSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { Readable } from "node:stream";
import { crc32, createInflateRaw, deflateRawSync, inflateRawSync } from "node:zlib";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;
const MAX = 0xffff_fffe;
/** The end of a ZIP file, with the longest comment. */
const LONGEST_END = 22 + 0xffff;
/** 1980-01-01, the first day that the format knows: equal data makes an equal file. */
const DAY = 0x21;

export class ZipWriter {
  readonly #file: number;
  readonly #central: Buffer[] = [];
  #at = 0;

  constructor(path: string) {
    this.#file = openSync(path, "wx", 0o600);
  }

  /** Raises RangeError past 4 GB. */
  add(name: string, data: Uint8Array): void {
    const packed = deflateRawSync(data);
    if (this.#at + packed.length > MAX || data.length > MAX)
      throw new RangeError("The data is larger than the 4 GB that a ZIP file can hold.");
    const path = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2); // names are UTF-8
    shared.writeUInt16LE(DEFLATED, 4);
    shared.writeUInt16LE(DAY, 8);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(this.#at, 10);
    this.#central.push(Buffer.concat([uint32(CENTRAL), Buffer.from([20, 0]), shared, rest, path]));
    this.#write(Buffer.concat([uint32(LOCAL), shared, path, packed]));
  }

  /** Returns when everything is on disk. */
  finish(): void {
    const directory = Buffer.concat(this.#central);
    const end = Buffer.alloc(18);
    end.writeUInt16LE(this.#central.length, 4);
    end.writeUInt16LE(this.#central.length, 6);
    end.writeUInt32LE(directory.length, 8);
    end.writeUInt32LE(this.#at, 12);
    this.#write(Buffer.concat([directory, uint32(END), end]));
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#at += bytes.length;
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export interface Entry {
  name: string;
  size: number;
  packed: number;
  crc: number;
  deflated: boolean;
  /** Of its local header. */
  at: number;
}

/** What a ZIP file holds, in its order. Raises RangeError for what is no such file. */
export function zipEntries(path: string): Entry[] {
  const { size } = statSync(path);
  const tail = readAt(path, Math.max(0, size - LONGEST_END), Math.min(size, LONGEST_END));
  const end = tail.lastIndexOf(uint32(END));
  if (end < 0 || end + 22 > tail.length) throw new RangeError(`${path} is not a ZIP file.`);
  const directory = readAt(path, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  let at = 0;
  for (let left = tail.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL)
      throw new RangeError(`${path} is damaged.`);
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      size: directory.readUInt32LE(at + 24),
      packed: directory.readUInt32LE(at + 20),
      crc: directory.readUInt32LE(at + 16),
      deflated: directory.readUInt16LE(at + 10) === DEFLATED,
      at: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** The bytes of an entry, piece by piece, and never more than it says. Raises RangeError if they are others than were packed. */
export async function* unzip(path: string, entry: Entry): AsyncGenerator<Buffer> {
  const { name, size, packed, crc, deflated } = entry;
  const start = startOf(path, entry);
  const raw = packed === 0 ? Readable.from([]) : createReadStream(path, { start, end: start + packed - 1 });
  const pieces = deflated ? raw.pipe(createInflateRaw()) : raw;
  let seen = 0;
  let sum = 0;
  try {
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      seen += piece.length;
      sum = crc32(piece, sum);
      if (seen > size) break;
      yield piece;
    }
  } catch {
    seen = -1;
  }
  if (seen !== size || sum !== crc) throw new RangeError(`${name} in ${path} is damaged.`);
}

/** Where the bytes of an entry begin, after its local header. */
function startOf(path: string, { name, at }: Entry): number {
  const local = readAt(path, at, 30);
  if (local.length < 30) throw new RangeError(`${name} in ${path} is damaged.`);
  return at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
}

function readAt(path: string, at: number, length: number): Buffer {
  const file = openSync(path, "r");
  const bytes = Buffer.alloc(length);
  const read = readSync(file, bytes, 0, length, at);
  closeSync(file);
  return bytes.subarray(0, read);
}

/** Name and bytes of every entry. Raises RangeError for what is no such file. */
export function* readZip(path: string): Generator<[string, Buffer]> {
  for (const entry of zipEntries(path)) {
    const packed = readAt(path, startOf(path, entry), entry.packed);
    const data = entry.deflated ? inflateRawSync(packed) : packed;
    if (crc32(data) !== entry.crc) throw new RangeError(`${entry.name} in ${path} is damaged.`);
    yield [entry.name, data];
  }
}
