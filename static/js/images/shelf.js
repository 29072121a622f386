// @ts-check
/** @import { Upload } from "../types.js" */

const DATABASE = "easel";
const STORE = "pictures";

/** Pictures that wait to be sent, kept across reloads: in IndexedDB, since localStorage holds no files. Where there is none, nothing is kept. */
export class Shelf {
  #owner;
  /** @type {Promise<IDBDatabase | null>} */
  #database;

  /** @param {string} owner the board and the person: others' pictures are left alone */
  constructor(owner) {
    this.#owner = owner;
    this.#database = open().catch(() => null);
  }

  /** Whether it is on disk now. @param {Upload} upload @returns {Promise<boolean>} */
  async keep(upload) {
    return this.#do("readwrite", (store) => store.put({ ...upload, owner: this.#owner })).then(Boolean, () => false);
  }

  /** @param {string} operationId */
  async drop(operationId) {
    await this.#do("readwrite", (store) => store.delete(operationId)).catch(() => null);
  }

  /** This person's, the oldest first. @returns {Promise<Upload[]>} */
  async all() {
    return (await this.#stored()).filter(({ owner }) => owner === this.#owner);
  }

  /** What others of this browser have for the same board, by person, the oldest first. @returns {Promise<Map<string, Upload[]>>} */
  async left() {
    const board = this.#owner.slice(0, this.#owner.indexOf(":") + 1);
    /** @type {Map<string, Upload[]>} */
    const left = new Map();
    for (const { owner, ...upload } of await this.#stored()) {
      if (!owner.startsWith(board) || owner === this.#owner) continue;
      const person = owner.slice(board.length);
      left.set(person, [...(left.get(person) ?? []), upload]);
    }
    return left;
  }

  /** @returns {Promise<(Upload & { owner: string })[]>} */
  async #stored() {
    const found = await this.#do("readonly", (store) => store.getAll()).catch(() => null);
    const uploads = /** @type {(Upload & { owner: string })[]} */ (found ?? []);
    return uploads.sort((a, b) => a.at - b.at);
  }

  /** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T | true | null>} */
  async #do(mode, work) {
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

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "operationId" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
