// Runs INSIDE the functions' context, like sandbox.ts. Node's own Blob answers from its event loop, for which a mutation cannot
// wait; this one answers at once.

export function makeBlob(): { Blob: unknown; File: unknown } {
  const scope = globalThis as any;
  const bytesOf = (part: any): Uint8Array => {
    if (part instanceof Blob) return part._bytes;
    if (part instanceof ArrayBuffer) return new Uint8Array(part);
    if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    return new scope.TextEncoder().encode(String(part));
  };
  class Blob {
    readonly _bytes!: Uint8Array<ArrayBuffer>;
    readonly type: string;

    constructor(parts: Iterable<unknown> = [], options: { type?: string } = {}) {
      const all = [...parts].map(bytesOf);
      const bytes = new Uint8Array(all.reduce((size, part) => size + part.length, 0));
      let at = 0;
      for (const part of all) {
        bytes.set(part, at);
        at += part.length;
      }
      Object.defineProperty(this, "_bytes", { value: bytes });
      this.type = String(options.type ?? "").toLowerCase();
    }
    get size(): number {
      return this._bytes.length;
    }
    async arrayBuffer(): Promise<ArrayBuffer> {
      return this._bytes.slice().buffer;
    }
    async bytes(): Promise<Uint8Array> {
      return this._bytes.slice();
    }
    async text(): Promise<string> {
      return new scope.TextDecoder().decode(this._bytes);
    }
    stream(): unknown {
      const bytes = this._bytes.slice();
      return new scope.ReadableStream({
        start(controller: any) {
          controller.enqueue(bytes);
          controller.close();
        },
      });
    }
    slice(start?: number, end?: number, type?: string): Blob {
      return new Blob([this._bytes.slice(start, end)], type === undefined ? {} : { type });
    }
  }
  class File extends Blob {
    readonly name: string;
    readonly lastModified: number;

    constructor(parts: Iterable<unknown>, name: string, options: { type?: string; lastModified?: number } = {}) {
      super(parts, options);
      this.name = String(name);
      this.lastModified = options.lastModified ?? Date.now();
    }
  }
  return { Blob, File };
}
