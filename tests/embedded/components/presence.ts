// @convex-dev/presence 0.4: what its README promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, client, Seen } from "./deployment.ts";

interface Person {
  userId: string;
  online: boolean;
  lastDisconnected: number;
  data?: unknown;
}
interface Tokens {
  roomToken: string;
  sessionToken: string;
}
const heartbeat = (roomId: string, userId: string, sessionId = userId, interval = 60_000): Promise<Tokens> =>
  client.mutation(api.presence.heartbeat, { roomId, userId, sessionId: `${roomId} ${sessionId}`, interval });
const disconnect = (sessionToken: string): Promise<null> => client.mutation(api.presence.disconnect, { sessionToken });
const people = (list: Person[]): [string, boolean][] => list.map(({ userId, online }) => [userId, online]);

export function presence(): void {
  test("a heartbeat puts a user online; only comings and goings are told", async () => {
    const { roomToken } = await heartbeat("lobby", "ana");
    const seen = new Seen<Person[]>(api.presence.list, { roomToken });
    await seen.until((list) => list.length === 1);
    for (let i = 0; i < 3; i++) assert.equal((await heartbeat("lobby", "ana")).roomToken, roomToken);
    const { sessionToken } = await heartbeat("lobby", "ben");
    await seen.until((list) => list.length === 2);
    await disconnect(sessionToken);
    await seen.until((list) => list.some(({ online }) => !online));
    assert.deepEqual(seen.values.map(people), [
      [["ana", true]],
      [
        ["ana", true],
        ["ben", true],
      ],
      [
        ["ana", true],
        ["ben", false],
      ],
    ]);
    assert.ok(Math.abs(Date.now() - seen.values.at(-1)![1]!.lastDisconnected) < 10_000);
  });

  test("a user with two tabs is online until both are closed", async () => {
    const tabs = [await heartbeat("tabs", "ana", "one"), await heartbeat("tabs", "ana", "two")];
    const list = async (): Promise<[string, boolean][]> =>
      people(await client.query(api.presence.listRoom, { roomId: "tabs" }));
    for (const [tab, online] of [true, false].entries()) {
      await disconnect(tabs[tab]!.sessionToken);
      assert.deepEqual(await list(), [["ana", online]]);
    }
    assert.deepEqual(await client.query(api.presence.listRoom, { roomId: "tabs", onlineOnly: true }), []);
  });

  test("without heartbeats a session ends by itself", async () => {
    const { roomToken } = await heartbeat("quiet", "ana", "ana", 4);
    const seen = new Seen<Person[]>(api.presence.list, { roomToken });
    await seen.until(([ana]) => ana?.online === false);
  });

  test("a session belongs to one user and one room", async () => {
    await heartbeat("strict", "ana", "shared");
    await assert.rejects(heartbeat("strict", "ben", "shared"), /must be unique for a given room\/user/);
  });

  test("a wrong token shows and ends nothing", async () => {
    assert.deepEqual(await client.query(api.presence.list, { roomToken: "guessed" }), []);
    assert.equal(await disconnect("guessed"), null);
  });

  test("users have data and rooms, and both can be removed", async () => {
    const { roomToken } = await heartbeat("first", "eve");
    await heartbeat("second", "eve");
    await client.mutation(api.presence.updateRoomUser, { roomId: "first", userId: "eve", data: { mood: "fine" } });
    const [eve] = (await client.query(api.presence.list, { roomToken })) as Person[];
    assert.deepEqual(eve!.data, { mood: "fine" });
    const rooms = async (): Promise<string[]> =>
      (await client.query(api.presence.listUser, { userId: "eve", onlineOnly: true })).map((r: any) => r.roomId).sort();
    assert.deepEqual(await rooms(), ["first", "second"]);
    await client.mutation(api.presence.removeRoomUser, { roomId: "first", userId: "eve" });
    assert.deepEqual(await rooms(), ["second"]);
    await client.mutation(api.presence.removeRoom, { roomId: "second" });
    assert.deepEqual(await rooms(), []);
  });
}
