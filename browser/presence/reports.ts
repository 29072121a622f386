/** The reports of a page: each is numbered, so that the server ignores one that is older than another that it has taken. */
export class Reports {
  /** The number of the last one. */
  seq = 0;
  #url;
  #page;
  #post;

  /**
   * @param url of the board
   * @param page a name of this page among the person's
   */
  constructor(url: string, page: string, post: typeof globalThis.fetch) {
    this.#url = `${url}/presence`;
    this.#page = page;
    this.#post = post;
  }

  /** The next one. */
  write(fields: Record<string, unknown>): string {
    return JSON.stringify({ page: this.#page, seq: ++this.seq, ...fields });
  }

  send(body: string): Promise<Response> {
    return this.#post(this.#url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body,
      signal: AbortSignal.timeout(10_000),
    });
  }

  /** The page goes: the last one, which arrives even so. */
  goodbye() {
    if (this.seq === 0) return;
    navigator.sendBeacon(this.#url, new Blob([this.write({ gone: true })], { type: "application/json" }));
  }
}
