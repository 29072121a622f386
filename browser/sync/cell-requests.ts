import { send } from "../site/auth.ts";

/** Asks the server for cells of a large board. */
export class CellRequests {
  #url;
  #seen;

  #moment;

  /** @param url of the board @param seen the last change on the page @param moment of a board as it was, its ts */
  constructor(url: string, seen: () => bigint, moment?: string) {
    this.#url = `${url}/cells`;
    this.#moment = moment;
    this.#seen = seen;
  }

  /** How many shapes each cell has, or null. */
  async counts(): Promise<Map<string, number> | null> {
    const answer = await this.#get("");
    if (!answer) return null;
    const { cells } = JSON.parse(answer);
    return new Map(cells.map(({ x, y, shapes }: { x: number; y: number; shapes: number }) => [`${x},${y}`, shapes]));
  }

  /** Null if the answer is older than the page was at the time of the request: a web process lags, and its shapes may be gone. */
  async cells(path: "/near" | "/far", keys: string[]): Promise<Map<string, Element> | null> {
    const seen = this.#seen();
    const text = await this.#get(`${path}?${keys.map((key) => `at=${key}`).join("&")}`);
    if (text === null) return null;
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    if (BigInt(parsed.documentElement.getAttribute("data-ts") ?? 0) < seen) return null;
    return new Map([...parsed.documentElement.children].map((cell) => [cell.getAttribute("data-cell") ?? "", cell]));
  }

  async #get(path: string): Promise<string | null> {
    const then = this.#moment ? `${path.includes("?") ? "&" : "?"}moment=${this.#moment}` : "";
    const answer = await send(this.#url + path + then).catch(() => null);
    return answer?.ok ? answer.text() : null;
  }
}
