// How much of an HTTP action's body is on its way to a reader: the action is held up while it is too much.

const WINDOW_BYTES = 1 << 20;

export class Flow {
  /** The reader has left: nothing more is wanted. */
  gone = false;
  #underway = 0;
  #room: (() => void) | null = null;

  /** Resolves when there is room for more. */
  async sent(bytes: number): Promise<void> {
    this.#underway += bytes;
    if (this.#underway > WINDOW_BYTES && !this.gone) await new Promise<void>((resolve) => (this.#room = resolve));
  }

  arrived(bytes: number): void {
    this.#underway -= bytes;
    if (this.#underway <= WINDOW_BYTES) this.#resume();
  }

  leave(): void {
    this.gone = true;
    this.#resume();
  }

  #resume(): void {
    this.#room?.();
    this.#room = null;
  }
}
