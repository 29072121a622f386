// Keys that an issuer withdrew still counted, and new ones under the same id did not.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { exportJWK, generateKeyPair, type JSONWebKeySet, jwtVerify, SignJWT } from "jose";
import { FetchedKeys } from "../../../embedded/auth/key_set.ts";
import { api } from "../convex/_generated/api.js";
import { start } from "../start.ts";

const MINUTE = 60_000;

async function makeKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwks: JSONWebKeySet = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" }] };
  const sign = (issuer: string, header: object = {}): Promise<string> =>
    new SignJWT({})
      .setProtectedHeader({ alg: "RS256", kid, ...header })
      .setIssuer(issuer)
      .setAudience("app")
      .setSubject("ana")
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(privateKey);
  return { jwks, sign };
}

/** Keys whose time stands still until a test moves it. */
async function clocked() {
  const one = await makeKey("k");
  const state = { now: 0, asked: 0, jwks: one.jwks, down: false, one };
  const keys = new FetchedKeys(
    async () => {
      state.asked++;
      await new Promise((resolve) => setImmediate(resolve));
      if (state.down) throw new Error("down");
      return state.jwks;
    },
    () => state.now,
  );
  return { state, keys };
}

test("callers with wrong signatures share one fetch every half minute", async () => {
  const { state, keys } = await clocked();
  const first = await keys.current();
  const other = await makeKey("k");
  state.jwks = other.jwks;
  const renewed = await Promise.all(Array.from({ length: 50 }, () => keys.renewed()));
  assert.equal(state.asked, 2);
  assert.equal(new Set(renewed).size, 1);
  assert.notEqual(renewed[0], first);
  await jwtVerify(await other.sign("i"), renewed[0]!);
  await assert.rejects(jwtVerify(await state.one.sign("i"), renewed[0]!));
  state.now += MINUTE / 2;
  assert.equal(await keys.renewed(), renewed[0]);
  assert.equal(state.asked, 2);
  state.now += 1;
  await keys.renewed();
  assert.equal(state.asked, 3);
});

test("keys are asked for after five minutes, and waited for after ten", async () => {
  const { state, keys } = await clocked();
  const first = await keys.current();
  state.now += 5 * MINUTE + 1;
  assert.equal(await keys.current(), first);
  assert.equal(state.asked, 2);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const second = await keys.current();
  assert.notEqual(second, first);
  state.now += 10 * MINUTE + 1;
  assert.notEqual(await keys.current(), second);
  assert.equal(state.asked, 3);
});

test("keys outlive an outage of their address by a day", async () => {
  const { state, keys } = await clocked();
  const first = await keys.current();
  state.down = true;
  for (let hours = 0; hours < 23; hours++) {
    state.now += 60 * MINUTE;
    assert.equal(await keys.current(), first);
  }
  state.now += 120 * MINUTE;
  await assert.rejects(keys.current(), /down/);
  state.down = false;
  state.now += 1_001;
  assert.notEqual(await keys.current(), first);
});

test("a key rotated under its id replaces the old one at once", async () => {
  let key = await makeKey("ins_1");
  let asked = 0;
  const idp = createServer((request, response) => {
    const known: Record<string, unknown> = {
      "/.well-known/openid-configuration": { issuer: origin, jwks_uri: `${origin}/keys` },
      "/keys": key.jwks,
    };
    if (request.url === "/keys") asked++;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(known[request.url!]));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => idp.once("listening", resolve));
  after(() => idp.close());
  const origin = `http://127.0.0.1:${(idp.address() as AddressInfo).port}`;
  const { url } = await start({ env: { AUTH_PROVIDERS: JSON.stringify([{ domain: origin, applicationID: "app" }]) } });
  const ask = async (token: string): Promise<unknown> => {
    const client = new ConvexHttpClient(url);
    client.setAuth(token);
    return client.query(api.notes.whoami, {});
  };
  const old = await key.sign(origin);
  await ask(old);
  key = await makeKey("ins_1");
  const fresh = await Promise.all(Array.from({ length: 8 }, () => key.sign(origin)));
  await Promise.all(fresh.map(ask));
  assert.equal(asked, 2);
  await assert.rejects(ask(old), /signature verification failed/);
  for (let n = 0; n < 20; n++)
    await assert.rejects(ask(await key.sign(origin, { kid: `made-up-${n}` })), /does this key match any key/);
  assert.equal(asked, 2);
});
