/** At most so many requests are under way at a time. */
const MOST = 4;

/** How soon it is forgotten that an answer was quick: by so much with each. */
const SLOWER = 1.01;

/**
 * The reports that are under way. To a server that is far away there may be several; a near one that is slow gets the next one when it
 * has answered, for what waits here stays fresh.
 */
export class Traffic {
  #underWay = 0;
  /** What an answer takes at least, in ms. */
  #far = Infinity;

  /** @param pace between two reports, in ms */
  isFull(pace: number): boolean {
    return this.#underWay >= Math.min(MOST, 2 + Math.floor(this.#far / pace));
  }

  /** @returns null if there was no answer */
  async carry(request: () => Promise<Response>): Promise<Response | null> {
    const sentAt = performance.now();
    this.#underWay++;
    const response = await request().catch(() => null);
    this.#underWay--;
    if (response) this.#far = Math.min(performance.now() - sentAt, this.#far * SLOWER);
    return response;
  }
}
