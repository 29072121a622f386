import { send } from "../site/auth.ts";
import type { Box } from "../types/shape.ts";

/** A shape that was searched for: its name in words, and where the server has it. */
export interface Match {
  id: string;
  name: string;
  box: Box;
}

export interface Found {
  /** Of them, `matches` are the first. */
  total: number;
  matches: Match[];
}

/**
 * Asks the server, which has all of the board, also where this page has loaded nothing.
 * @param url of the board @param wanted words, or the id of a shape @returns null if the server could not say
 */
export async function search(url: string, wanted: { q: string } | { shape: string }): Promise<Found | null> {
  const { moment } = document.body.dataset;
  const asked = new URLSearchParams({ ...wanted, ...(moment ? { at: moment } : {}) });
  const answer = await send(`${url}/search?${asked}`).catch(() => null);
  if (!answer?.ok) return null;
  const { total, matches } = await answer.json();
  return {
    total,
    matches: matches.map(({ id, name, box: [left, top, right, bottom] }: Answered) => ({
      id,
      name,
      box: { left, top, right, bottom },
    })),
  };
}

type Answered = { id: string; name: string; box: [number, number, number, number] };
