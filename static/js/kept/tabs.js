// @ts-check
// Whether another tab of this browser lives. Web Locks would know at once, but plain http has none.

const NAME = "easel:tabs";

/** A tab that lives answers sooner, on a busy machine too, in ms. */
const PATIENCE = 1_500;

/** This tab answers to a key from now on. @param {string} key */
export function answer(key) {
  channel()?.addEventListener("message", ({ data, target }) => data?.ask === key && /** @type {BroadcastChannel} */ (target).postMessage({ alive: key }));
}

/** @param {string} key @returns {Promise<boolean>} */
export function alive(key) {
  const line = channel();
  if (!line) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ lives) => {
      line.close();
      resolve(lives);
    };
    line.addEventListener("message", ({ data }) => data?.alive === key && end(true));
    line.postMessage({ ask: key });
    setTimeout(() => end(false), PATIENCE);
  });
}

/** @returns {BroadcastChannel | null} */
function channel() {
  return typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;
}
