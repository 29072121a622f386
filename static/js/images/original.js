// @ts-check
import { send } from "../auth.js";

/** A picture that is on another board, as it is kept there; null where this person may not see it, or there is no network. @param {string} board @param {string} file @returns {Promise<Blob | null>} */
export async function original(board, file) {
  const response = await send(`/boards/${board}/images/${file}`).catch(() => null);
  return response?.ok ? response.blob().catch(() => null) : null;
}
