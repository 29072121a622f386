// Tokens that live as long as their issuer says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { Verifier } from "../../../embedded/auth/verifier.ts";
import { launch } from "../start.ts";

const { publicKey, privateKey } = await generateKeyPair("ES256");
const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256", use: "sig" }] });
const HOUR = 3600;
const now = Math.floor(Date.now() / 1000);
const sign = (iat: number | undefined, exp: number): Promise<string> =>
  new SignJWT(iat === undefined ? {} : { iat })
    .setProtectedHeader({ alg: "ES256", kid: "k" })
    .setIssuer("https://i.example")
    .setAudience("app")
    .setSubject("ana")
    .setExpirationTime(exp)
    .sign(privateKey);

/** Of an issuer whose keys are fetched, so that it is somebody else's. */
function verifier(maxLife?: number): Verifier {
  globalThis.fetch = async () => new Response(jwks);
  const provider = {
    type: "customJwt",
    issuer: "https://i.example",
    applicationID: "app",
    algorithm: "ES256",
    jwks: "https://i.example/keys",
  };
  return new Verifier({ providers: [provider] }, true, maxLife);
}

test("a token ends after the longest allowed life, despite its issuer", async () => {
  const capped = verifier(HOUR);
  const { expiresAt } = await capped.verify(await sign(now - 60, now + 1000 * HOUR));
  assert.equal(expiresAt, (now - 60 + HOUR + 5) * 1000);
  await assert.rejects(capped.verify(await sign(now - HOUR - 10, now + 1000 * HOUR)), /Token expired 10 seconds ago$/);
  const soon = await capped.verify(await sign(now - 60, now + 60));
  assert.equal(soon.expiresAt, (now + 65) * 1000);
});

test("a token from the future or without its time is refused", async () => {
  await assert.rejects(verifier(HOUR).verify(await sign(undefined, now + HOUR)), /"iat" claim/);
  await assert.rejects(verifier(HOUR).verify(await sign(now + 100 * HOUR, now + 200 * HOUR)), /"iat" claim/);
});

test("without a limit a token from the future is refused too", async () => {
  await assert.rejects(verifier().verify(await sign(now + 60, now + HOUR)), /Token will be valid in (60|5\d) seconds$/);
  assert.equal((await verifier().verify(await sign(now + 3, now + HOUR))).expiresAt, (now + HOUR + 5) * 1000);
});

test("without a limit the issuer's word counts", async () => {
  assert.equal((await verifier().verify(await sign(now - 1000 * HOUR, now + HOUR))).expiresAt, (now + HOUR + 5) * 1000);
});

test("keys that ride along are our own, and sign for as long as we say", async () => {
  const provider = {
    type: "customJwt",
    issuer: "https://i.example",
    applicationID: "app",
    algorithm: "ES256",
    jwks: `data:text/plain,${encodeURIComponent(jwks)}`,
  };
  const own = new Verifier({ providers: [provider] }, true, HOUR);
  assert.equal((await own.verify(await sign(now - 1000 * HOUR, now + HOUR))).expiresAt, (now + HOUR + 5) * 1000);
});

test("a limit that is no number is refused at the start", async () => {
  const { ended, stderr } = launch({ more: ["--max-token-life", "for ever"] });
  assert.equal(await ended, 1);
  assert.match(stderr(), /--max-token-life must be a number from 1 to/);
});
