// Flow control for the body of an HTTP action: the action waits while the client has too much to read.

const WINDOW_BYTES = 1 << 20;

export class Flow {
  /** The client has left: the rest of the body is dropped. */
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
