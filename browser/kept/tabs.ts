// Whether another tab of this browser lives. Web Locks would know at once, but plain http has none.

const NAME = "easel:tabs";

/** A tab that lives answers sooner, on a busy machine too, in ms. */
const PATIENCE = 1_500;

/** This tab answers to a key from now on. */
export function answer(key: string) {
  channel()?.addEventListener(
    "message",
    ({ data, target }) => data?.ask === key && (target as BroadcastChannel).postMessage({ alive: key }),
  );
}

export function alive(key: string): Promise<boolean> {
  const line = channel();
  if (!line) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (lives: boolean) => {
      line.close();
      resolve(lives);
    };
    line.addEventListener("message", ({ data }) => data?.alive === key && end(true));
    line.postMessage({ ask: key });
    setTimeout(() => end(false), PATIENCE);
  });
}

function channel(): BroadcastChannel | null {
  return typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;
}
