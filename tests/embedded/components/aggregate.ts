// @convex-dev/aggregate 0.3: what its README promises, compared with a sorted array.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, client, Seen } from "./deployment.ts";

const ascending = (numbers: number[]): number[] => [...numbers].sort((a, b) => a - b);
const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);
const add = (game: string, scores: number[]): Promise<string[]> => client.mutation(api.scores.add, { game, scores });

/** Asks all that an aggregate can answer, and compares it. */
async function compare(game: string, scores: number[], low = 20, high = 70): Promise<void> {
  const items = ascending(scores);
  const inside = items.filter((n) => n >= low && n < high);
  const offsets = items.length === 0 ? [] : [0, Math.floor(items.length / 2), items.length - 1, -1];
  assert.deepEqual(await client.query(api.scores.summary, { game, low, high, offsets }), {
    count: items.length,
    sum: sum(items),
    between: inside.length,
    sumBetween: sum(inside),
    indexOfLow: items.filter((n) => n < low).length,
    fromTheTop: items.filter((n) => n > high).length,
    min: items[0] ?? null,
    max: items.at(-1) ?? null,
    at: offsets.map((offset) => items.at(offset)),
    items,
  });
}

export function aggregate(): void {
  test("a trigger keeps counts and sums right at each write", async () => {
    // Enough for a tree of several levels, in an order that is no order; some twice.
    const scores = Array.from({ length: 90 }, (_, i) => (i * 37) % 83);
    await compare("chess", []);
    const ids = await add("chess", scores);
    await compare("chess", scores);
    for (const at of [0, 41, 89]) {
      await client.mutation(api.scores.change, { id: ids[at]!, score: 100 + at });
      scores[at] = 100 + at;
    }
    await compare("chess", scores);
    for (const id of ids.slice(10, 60)) await client.mutation(api.scores.remove, { id });
    scores.splice(10, 50);
    await compare("chess", scores);
  });

  test("namespaces are apart, and a document may change its own", async () => {
    const [id] = await add("go", [5, 6]);
    await add("shogi", [7]);
    await client.mutation(api.scores.change, { id: id!, game: "shogi", score: 8 });
    await compare("go", [6]);
    await compare("shogi", [7, 8]);
    assert.deepEqual(
      await client.query(api.scores.batched, { games: ["go", "shogi", "none"], offset: 0 }).catch(() => 0),
      0,
    );
    const { counts, sums, at } = await client.query(api.scores.batched, { games: ["go", "shogi"], offset: 0 });
    assert.deepEqual(
      [counts, sums, at],
      [
        [1, 2],
        [6, 15],
        [6, 7],
      ],
    );
    const games: string[] = await client.query(api.scores.games, {});
    assert.ok(["go", "shogi"].every((game) => games.includes(game)));
  });

  test("a mutation that fails leaves the aggregate as it was", async () => {
    await add("ludo", [1, 2]);
    await assert.rejects(client.mutation(api.scores.addAndFail, { game: "ludo" }), /after all/);
    await compare("ludo", [1, 2]);
  });

  test("an aggregate can be cleared and filled again", async () => {
    await add("uno", [30, 40]);
    await client.mutation(api.scores.clear, { game: "uno" });
    await compare("uno", []);
    await add("uno", [50]);
    await compare("uno", [50]);
  });

  test("a subscriber of a count is told of writes to it", async () => {
    const asked = { game: "live", low: 0, high: 9, offsets: [] };
    const seen = new Seen<{ count: number; sumBetween: number }>(api.scores.summary, asked);
    await seen.until(({ count }) => count === 0);
    await add("live", [3]);
    await seen.until(({ count, sumBetween }) => count === 1 && sumBetween === 3);
  });

  test("queued writes come later, in batches, and what fails is set aside", async () => {
    const keys = Array.from({ length: 200 }, (_, i) => i);
    const seen = new Seen<{ count: number; sum: number; dead: number }>(api.scores.enqueued, {});
    await client.mutation(api.scores.enqueue, { keys });
    await seen.until(({ count, dead }) => count === 200 && dead === 1);
    assert.equal(seen.values.at(-1)!.sum, 2 * sum(keys));
  });
}
