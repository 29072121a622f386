// Pages of one browser tell each other that they have opened: whoever was signed out in another one may be signed in again.

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("easel:opened") : null;
channel?.postMessage(true);

/** @param listener called when another page has opened, or this one is looked at again */
export function onSignOfLife(listener: () => void) {
  channel?.addEventListener("message", listener);
  addEventListener("focus", listener);
}
