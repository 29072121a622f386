// The sending side of a socket, with time in the test's hands.
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, mock, test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { Wire } from "../../../embedded/sync/wire.ts";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
after(() => server.close());
if (server.address() === null) await once(server, "listening");

/** The deployment's end, and what the client hears. */
async function pair(): Promise<{ end: WebSocket; client: WebSocket; heard: string[] }> {
  const accepted = new Promise<WebSocket>((resolve) => server.once("connection", resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  after(() => client.terminate());
  const heard: string[] = [];
  client.on("message", (data) => void heard.push(String(data))).on("ping", () => void heard.push("ping frame"));
  const end = await accepted;
  if (client.readyState !== client.OPEN) await new Promise((resolve) => client.once("open", resolve));
  return { end, client, heard };
}

/** Resolves when everything that was sent before has arrived. */
async function arrived(end: WebSocket, client: WebSocket): Promise<void> {
  const come = new Promise((resolve) => client.once("message", resolve));
  end.send("fence");
  await come;
}

function mockTime(): void {
  mock.timers.enable({ apis: ["setInterval", "Date"], now: 0 });
  mock.method(performance, "now", () => Date.now());
}

test("a silent socket gets a ping frame every 5 s and a Ping after 15 s", async () => {
  const { end, client, heard } = await pair();
  mockTime();
  try {
    const wire = new Wire(end, true);
    mock.timers.tick(10_000);
    await arrived(end, client);
    assert.deepEqual(heard, ["ping frame", "ping frame", "fence"]);
    mock.timers.tick(5_000);
    await arrived(end, client);
    assert.deepEqual(heard.slice(3), ["ping frame", '{"type":"Ping"}', "fence"]);
    mock.timers.tick(10_000);
    wire.send("something");
    mock.timers.tick(10_000);
    await arrived(end, client);
    assert.deepEqual(heard.slice(6), ["ping frame", "ping frame", "something", "ping frame", "ping frame", "fence"]);
  } finally {
    mock.reset();
  }
});

test("a client that has said nothing for 120 s, not even a pong, is dropped", async () => {
  const { end, client } = await pair();
  client.pause();
  mockTime();
  try {
    new Wire(end, true);
    const closed = new Promise((resolve) => end.once("close", resolve));
    for (let seconds = 0; seconds <= 120; seconds += 5) mock.timers.tick(5_000);
    await closed;
    assert.equal(end.readyState, end.CLOSED);
  } finally {
    mock.reset();
  }
});

test("a client that does not read is closed with 1013 at 64 MB", async () => {
  const { end, client, heard } = await pair();
  const wire = new Wire(end, true);
  client.pause();
  const megabyte = "x".repeat(1 << 20);
  let sent = 0;
  for (; end.readyState === end.OPEN; sent++) wire.send(megabyte);
  assert.ok(sent > 64 && sent < 80);
  assert.equal(wire.open, false);
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    client.once("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  client.resume();
  assert.deepEqual(await closed, { code: 1013, reason: "SlowReader" });
  assert.ok(heard.length < sent);
});
