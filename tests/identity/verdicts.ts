// What @clerk/backend makes of requests: `{requests, now, key, origin, …}` comes in, `requests` are their
// headers, and for each goes out the session of the user that it is from, or "" if that is nobody.
import { text } from "node:stream/consumers";
import { createClerkClient } from "@clerk/backend";

const { requests, now, key, origin, audience, publishableKey } = JSON.parse(await text(process.stdin));
Date.now = () => now; // in ms: this program may have taken a while to start
const options = { publishableKey, secretKey: "sk_test_none", jwtKey: key, telemetry: { disabled: true } };
const clerk = createClerkClient(options);

async function session(headers: Record<string, string>): Promise<string> {
  const request = new Request(`${origin}/boards`, { headers });
  const state = await clerk.authenticateRequest(request, { audience, authorizedParties: [origin] });
  const auth = state.toAuth();
  return auth?.userId ? (auth.sessionId ?? "none") : "";
}

console.log(JSON.stringify(await Promise.all(requests.map(session))));
