import { send } from "../site/auth.ts";

/** A picture that is on another board, as it is kept there; null where this person may not see it, or there is no network. */
export async function original(board: string, file: string): Promise<Blob | null> {
  const response = await send(`/boards/${board}/images/${file}`).catch(() => null);
  return response?.ok ? response.blob().catch(() => null) : null;
}
