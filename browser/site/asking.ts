// Somebody has asked the owner of a board to be let in: it opens by itself once they are.
export {};

const OFTEN_MS = 5_000;

/** In a tab that nobody sees. */
const SELDOM_MS = 60_000;

const board = (document.querySelector("[data-waits]") as HTMLElement | null)?.dataset.waits;
let next: ReturnType<typeof setTimeout> | undefined;

async function look() {
  clearTimeout(next);
  try {
    const answer = await fetch(`/boards/${board}/people`, { headers: { Accept: "application/json" } });
    if (answer.ok) return location.replace(`/boards/${board}`);
  } catch {
    // Without a network there is nothing to see yet.
  }
  next = setTimeout(look, document.hidden ? SELDOM_MS : OFTEN_MS);
}

if (board) {
  next = setTimeout(look, OFTEN_MS);
  document.addEventListener("visibilitychange", () => document.hidden || look());
}
