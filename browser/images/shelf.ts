import type { Upload } from "../types/change.ts";

const DATABASE = "easel";
const STORE = "pictures";

/** Pictures that wait to be sent, kept across reloads: in IndexedDB, since localStorage holds no files. Where there is none, nothing is kept. */
export class Shelf {
  #owner;
  #database: Promise<IDBDatabase | null>;

  /** @param owner the board and the person: others' pictures are left alone */
  constructor(owner: string) {
    this.#owner = owner;
    this.#database = open().catch(() => null);
  }

  /** Whether it is on disk now. */
  async keep(upload: Upload): Promise<boolean> {
    return this.#do("readwrite", (store) => store.put({ ...upload, owner: this.#owner })).then(Boolean, () => false);
  }

  async drop(operationId: string) {
    await this.#do("readwrite", (store) => store.delete(operationId)).catch(() => null);
  }

  /** This person's, the oldest first. */
  async all(): Promise<Upload[]> {
    return (await this.#stored()).filter(({ owner }) => owner === this.#owner);
  }

  /** What others of this browser have for the same board, by person, the oldest first. */
  async left(): Promise<Map<string, Upload[]>> {
    const board = this.#owner.slice(0, this.#owner.indexOf(":") + 1);
    const left: Map<string, Upload[]> = new Map();
    for (const { owner, ...upload } of await this.#stored()) {
      if (!owner.startsWith(board) || owner === this.#owner) continue;
      const person = owner.slice(board.length);
      left.set(person, [...(left.get(person) ?? []), upload]);
    }
    return left;
  }

  async #stored(): Promise<(Upload & { owner: string })[]> {
    const found = await this.#do("readonly", (store) => store.getAll()).catch(() => null);
    const uploads = (found ?? []) as (Upload & { owner: string })[];
    return uploads.sort((a, b) => a.at - b.at);
  }

  async #do<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | true | null> {
    const database = await this.#database;
    if (!database) return null;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result ?? true);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "operationId" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
