import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { api } from "../convex/_generated/api.js";
import { RawClient } from "../socket.ts";
import { post, start, until } from "../start.ts";

const { publicKey, privateKey } = await generateKeyPair("ES256");
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256", use: "sig" }] };
const provider = {
  type: "customJwt",
  issuer: "https://guest.example.invalid",
  applicationID: "app",
  algorithm: "ES256",
  jwks: `data:application/json;base64,${Buffer.from(JSON.stringify(jwks)).toString("base64")}`,
};
const { url } = await start({ env: { AUTH_PROVIDERS: JSON.stringify([provider]) } });

interface Claims {
  issuer?: string;
  audience?: string;
  subject?: string;
  expires?: string | number;
  key?: typeof privateKey;
  header?: object;
  claims?: Record<string, unknown>;
}
const token = ({
  issuer = provider.issuer,
  audience = "app",
  subject = "ana",
  expires = "1h",
  key = privateKey,
  header = { kid: "k1" },
  claims = {},
}: Claims = {}): Promise<string> =>
  new SignJWT({ name: "Ana", address: { city: "Köln" }, ...claims })
    .setProtectedHeader({ alg: "ES256", ...header })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);

test("a function sees who calls, over HTTP and over the socket", async () => {
  const expected = {
    tokenIdentifier: `${provider.issuer}|ana`,
    issuer: provider.issuer,
    subject: "ana",
    name: "Ana",
    "address.city": "Köln",
  };
  const http = new ConvexHttpClient(url);
  assert.equal(await http.query(api.notes.whoami, {}), null);
  http.setAuth(await token());
  assert.deepEqual(await http.query(api.notes.whoami, {}), expected);

  const client = new ConvexClient(url, { logger: false });
  const seen: unknown[] = [];
  client.onUpdate(api.notes.whoami, {}, (identity) => void seen.push(identity));
  await until(() => seen.length === 1, "the value of nobody");
  client.setAuth(() => token());
  await until(() => seen.length === 2, "the value of Ana");
  assert.deepEqual(seen, [null, expected]);
  await client.close();
});

test("a cached answer for one person is not given to another", async () => {
  const as = async (subject: string): Promise<unknown> => {
    const client = new ConvexHttpClient(url);
    client.setAuth(await token({ subject }));
    return ((await client.query(api.notes.whoami, {})) as { subject: string }).subject;
  };
  assert.deepEqual(await Promise.all(["a", "b", "a"].map(as)), ["a", "b", "a"]);
});

test("tokens that are not right are refused with 401 and the reason", async () => {
  const other = await generateKeyPair("ES256");
  const cases: [Claims, RegExp][] = [
    [{ issuer: "https://evil.example.invalid" }, /No auth provider found/],
    [{ audience: "another" }, /No auth provider found/],
    [
      { issuer: "https://evil.example.invalid" },
      /Check that your JWT's issuer and audience match one of your configured providers: \[(OIDC|CustomJWT)\(/,
    ],
    [{ expires: Math.floor(Date.now() / 1000) - 60 }, /^Could not validate token: Token expired 6\d seconds ago$/],
    [{ key: other.privateKey }, /^Could not decode token\. signature/],
    [{ header: {} }, /^Could not decode token\. JWT may be missing a 'kid' \(key ID\) header\.$/],
    [
      { header: { kid: "k9" } },
      /^Could not decode token\. The JWT's 'kid' \(key ID\) header is 'k9', does this key match any key in the provider's JWKS\?$/,
    ],
  ];
  for (const [claims, reason] of cases) {
    const { status, body } = await post(
      url,
      "/api/query",
      { path: "notes:whoami", args: {} },
      { authorization: `Bearer ${await token(claims)}` },
    );
    assert.equal(status, 401);
    assert.match(body.message, reason);
  }
  const unsigned = [
    { alg: "none", kid: "k1" },
    { iss: provider.issuer, aud: "app", sub: "x", exp: 9e9 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  assert.equal(
    (await post(url, "/api/query", { path: "notes:whoami", args: {} }, { authorization: `Bearer ${unsigned}.` }))
      .status,
    401,
  );
});

test("a bad token gets an AuthError that says an update was tried", async () => {
  const client = new RawClient(url);
  await client.open;
  const answer = await client.ask(
    { type: "Authenticate", baseVersion: 0, tokenType: "User", value: "x.y.z" },
    "AuthError",
  );
  assert.equal(answer.authUpdateAttempted, true);
  await until(() => client.closed !== null, "the close");
});

test("messages sent right behind Authenticate run as the new person", async () => {
  const client = new RawClient(url);
  await client.open;
  client.send({ type: "Authenticate", baseVersion: 0, tokenType: "User", value: await token({ subject: "quick" }) });
  const { modifications, endVersion } = await client.add(0, 1, "notes:whoami", {});
  assert.equal(endVersion.identity, 1);
  assert.equal(modifications[0].value.subject, "quick");
});

test("when the token has run out the next message gets an AuthError", async () => {
  const client = new RawClient(url);
  await client.open;
  const expires = Math.floor(Date.now() / 1000) - 2;
  client.send({ type: "Authenticate", baseVersion: 0, tokenType: "User", value: await token({ expires }) });
  await client.add(0, 1, "notes:whoami", {});
  await until(() => Date.now() > (expires + 5) * 1000, "the token's end", 10_000);
  const answer = await client.ask(
    { type: "Mutation", requestId: 1, udfPath: "notes:add", args: [{ room: "x", body: "y" }] },
    "AuthError",
  );
  assert.equal(answer.authUpdateAttempted, false);
});

test("an expired session gets an AuthError when what it watches changes", async () => {
  const client = new RawClient(url);
  await client.open;
  const expires = Math.floor(Date.now() / 1000) - 2;
  client.send({ type: "Authenticate", baseVersion: 0, tokenType: "User", value: await token({ expires }) });
  await client.add(0, 1, "notes:count", { room: "expired" });
  const ended = client.next(({ type }) => type === "AuthError");
  await until(() => Date.now() > (expires + 5) * 1000, "the token's end", 10_000);
  await new ConvexHttpClient(url).mutation(api.notes.add, { room: "expired", body: "x" });
  assert.deepEqual(await ended, {
    type: "AuthError",
    error: "Convex token identity expired",
    baseVersion: 1,
    authUpdateAttempted: false,
  });
  await until(() => client.closed !== null, "the socket's end");
});

test("the client fetches a fresh token after a refusal and stays signed in", async () => {
  const client = new ConvexClient(url, { logger: false });
  const forced: boolean[] = [];
  const states: boolean[] = [];
  client.setAuth(
    async ({ forceRefreshToken }) => {
      forced.push(forceRefreshToken);
      return token(forced.length === 1 ? { issuer: "https://nobody.example.invalid" } : {});
    },
    (isAuthenticated) => void states.push(isAuthenticated),
  );
  let who: { subject: string } | null = null;
  client.onUpdate(api.notes.whoami, {}, (identity) => (who = identity as typeof who));
  await until(() => who !== null, "the identity");
  assert.equal(who!.subject, "ana");
  assert.equal(forced[1], true);
  assert.equal(states.at(-1), true);
  await client.close();
});
