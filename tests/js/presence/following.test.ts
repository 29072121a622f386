// Feedback loops: whoever follows, in whatever circle, sees a view that a hand moves, or stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chainOf, Peer, pageOf } from "../../../browser/presence/peers.ts";

function peer(key: string, fields: Partial<Peer> = {}) {
  return Object.assign(new Peer(key), fields);
}

const VIEW: [number, number, number, number] = [0, 0, 100, 100];

test("the end of a chain is the page that follows nobody", () => {
  const peers = [peer("b.1", { following: "c" }), peer("c.1", { following: "d" }), peer("d.1")];
  assert.equal(chainOf(peers, "b", "a").root, peers[2]);
  assert.deepEqual(chainOf(peers, "b", "a").people, ["b", "c", "d"]);
});

test("no chain ends with a page that follows, or comes back", () => {
  let seed = 3;
  const random = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
  for (let i = 0; i < 2_000; i++) {
    const people = [..."abcdef"].slice(0, 2 + random(5));
    const peers = people.flatMap((person) =>
      [1, 2]
        .slice(random(2))
        .map((n) =>
          peer(`${person}.${n}`, { following: random(2) ? people[random(people.length)] : null, usedAt: random(9) }),
        ),
    );
    const { people: passed, root } = chainOf(peers, people[random(people.length)], people[0]);
    assert.equal(new Set(passed).size, passed.length);
    assert.ok(!passed.includes(people[0]));
    if (root) assert.equal(root.following, null);
  }
});

test("of two windows the one that a hand used last is seen", () => {
  const [one, other] = [peer("b.1"), peer("b.2")];
  one.take({ cursor: [1, 1] });
  assert.equal(pageOf([one, other], "b"), one);
  for (const page of [one, other]) page.take({ viewport: VIEW }); // both are asked for it
  assert.equal(pageOf([one, other], "b"), one);
  other.take({ viewport: [5, 5, 105, 105] });
  assert.equal(pageOf([one, other], "b"), other);
  one.take({ following: "c", viewport: null });
  one.take({ cursor: [9, 9] });
  one.take({ cursor: [8, 9] });
  assert.equal(pageOf([one, other], "b"), other, "its view moves by itself");
  one.take({ following: null });
  one.take({ ink: [{ id: "i", from: 0, points: [0, 0] }] });
  assert.equal(pageOf([one, other], "b"), one);
});
