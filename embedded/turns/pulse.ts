// Which function is running, readable from another thread while this one is busy.

const CALLS = 0;
const RUNNING = 1;
const NOTHING = -1;

export class Pulse {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  start(functionNumber: number): void {
    Atomics.store(this.#cells, RUNNING, functionNumber);
    Atomics.add(this.#cells, CALLS, 1);
  }

  end(): void {
    Atomics.store(this.#cells, RUNNING, NOTHING);
  }

  /** The call that runs now, or null. The same call has the same count. */
  look(): { functionNumber: number; call: number } | null {
    const functionNumber = Atomics.load(this.#cells, RUNNING);
    return functionNumber === NOTHING ? null : { functionNumber, call: Atomics.load(this.#cells, CALLS) };
  }
}
