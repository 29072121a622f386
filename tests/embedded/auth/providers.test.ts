// Providers whose keys come over the network, here over loopback.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { api } from "../convex/_generated/api.js";
import { launch, start } from "../start.ts";

const { publicKey, privateKey } = await generateKeyPair("RS256");
const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256", use: "sig" }] });
const idp = createServer((request, response) => {
  const known: Record<string, string> = {
    "/.well-known/openid-configuration": JSON.stringify({ issuer: origin, jwks_uri: `${origin}/keys` }),
    "/keys": keys,
  };
  const body = known[request.url!];
  response.writeHead(body ? 200 : 404, { "content-type": "application/json" }).end(body);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => idp.once("listening", resolve));
after(() => idp.close());
const origin = `http://127.0.0.1:${(idp.address() as AddressInfo).port}`;

const sign = (issuer: string, audience: string): Promise<string> =>
  new SignJWT({ given_name: "Ana", email_verified: true })
    .setProtectedHeader({ alg: "RS256", kid: "k1" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject("ana")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(privateKey);

test("tokens are checked against an OpenID provider's or a JWKS URL's keys", async () => {
  const custom = {
    type: "customJwt",
    issuer: "https://custom.example.invalid",
    applicationID: "app",
    algorithm: "RS256",
    jwks: `${origin}/keys`,
  };
  const { url } = await start({
    env: { AUTH_PROVIDERS: JSON.stringify([{ domain: origin, applicationID: "web" }, custom]) },
  });
  const as = async (token: string): Promise<any> => {
    const client = new ConvexHttpClient(url);
    client.setAuth(token);
    return client.query(api.notes.whoami, {});
  };
  const oidc = await as(await sign(origin, "web"));
  assert.deepEqual([oidc.subject, oidc.issuer, oidc.givenName, oidc.emailVerified], ["ana", origin, "Ana", true]);
  assert.equal((await as(await sign("https://custom.example.invalid", "app"))).given_name, "Ana");
  const client = new ConvexHttpClient(url);
  client.setAuth(await sign(origin, "web"));
  assert.equal(((await client.action(api.work.call, { room: "oidc" })) as any).who.subject, "ana");
  const site = await fetch(`${url}/http/whoami`, { headers: { authorization: `Bearer ${await sign(origin, "web")}` } });
  assert.equal(await site.json(), "ana");
  await assert.rejects(as(await sign(origin, "other")), /No auth provider found matching the given token/);
});

test("keys that cannot be read fail the tokens of their provider alone", async () => {
  const custom = (issuer: string, jwks: string): object => ({
    type: "customJwt",
    issuer,
    applicationID: "app",
    algorithm: "RS256",
    jwks,
  });
  const broken = ["data:application/json,{", "data:text/plain,%", "data:;base64,e30=", "data:", "data:,[]"];
  const providers = broken.map((jwks, i) => custom(`https://broken${i}.example.invalid`, jwks));
  const sound = custom("https://sound.example.invalid", `data:text/plain;base64,${btoa(keys)}`);
  const { url } = await start({ env: { AUTH_PROVIDERS: JSON.stringify([...providers, sound]) } });
  const client = new ConvexHttpClient(url);
  client.setAuth(await sign("https://sound.example.invalid", "app"));
  assert.equal(((await client.query(api.notes.whoami, {})) as any).subject, "ana");
  for (const i of broken.keys()) {
    client.setAuth(await sign(`https://broken${i}.example.invalid`, "app"));
    await assert.rejects(client.query(api.notes.whoami, {}), /Invalid JWKS data URL\. Check that/);
  }
});

test("keys over plain http are refused, except locally in development", async () => {
  const refusal = async (provider: object, more: string[] = []): Promise<string> => {
    const { ended, stderr } = launch({ env: { AUTH_PROVIDERS: JSON.stringify([provider]) }, more });
    assert.equal(await ended, 1);
    return stderr();
  };
  assert.match(
    await refusal({ domain: "http://idp.example.invalid", applicationID: "web" }),
    /must have an https URL, not http:\/\/idp\.example\.invalid/,
  );
  assert.match(await refusal({ domain: origin, applicationID: "web" }, ["--production"]), /must have an https URL/);
});
