// Does over HTTP what `npx convex import` does, in far less time.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { post, type Running } from "../start.ts";
import { adminKey } from "./npx.ts";

export interface How {
  table?: string;
  format?: string;
  mode?: string;
  /** Bytes of each part. */
  part?: number;
}

/** The last state, or the answer that refused: `{code, message}`. */
export async function upload(running: Running, file: string | Uint8Array, how: How = {}): Promise<any> {
  const { table = "notes", format = "jsonLines", mode = "requireEmpty", part = 1 << 22 } = how;
  const { url } = running;
  const key = { authorization: `Convex ${adminKey(running)}` };
  const { uploadToken } = (await post(url, "/api/import/start_upload", {}, key)).body;
  const bytes = Buffer.from(file);
  const partTokens: unknown[] = [];
  for (let at = 0; at < bytes.length; at += part) {
    const path = `/api/import/upload_part?uploadToken=${uploadToken}&partNumber=${partTokens.length + 1}`;
    const sent = await fetch(url + path, {
      method: "POST",
      headers: { ...key, "content-type": "application/octet-stream" },
      body: bytes.subarray(at, at + part),
    });
    partTokens.push(await sent.json());
  }
  const args = { tableName: format === "zip" ? undefined : table, mode, format };
  const finished = await post(url, "/api/import/finish_upload", { import: args, uploadToken, partTokens }, key);
  if (finished.status !== 200) return finished.body;
  const { importId } = finished.body;
  const asked = await settled(running, importId);
  if (asked.state !== "waiting_for_confirmation") return asked;
  await post(url, "/api/perform_import", { importId }, key);
  return { ...(await settled(running, importId)), asked };
}

/** The next state in which an import waits for somebody. */
async function settled(running: Running, importId: string): Promise<any> {
  const client = new ConvexHttpClient(running.url, { logger: false });
  (client as unknown as { setAdminAuth(key: string): void }).setAdminAuth(adminKey(running));
  const query = makeFunctionReference<"query">("_system/cli/queryImport");
  for (;;) {
    const { state } = (await client.query(query, { importId })) as { state: { state: string } };
    if (!["uploaded", "in_progress"].includes(state.state)) return state;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
