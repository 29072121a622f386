// The cards on the page of boards, as elements.

export function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#boards > .card")];
}

export function cardOf(board: string): HTMLElement | null {
  return document.querySelector(`.card[data-board="${CSS.escape(board)}"]`);
}

/** What has the focus for the whole card: the link to its board, or its name in the trash. */
export function handleOf(card: Element): HTMLElement | null {
  return card.querySelector("h2 a, h2[tabindex]");
}

export function boxOf(card: Element): HTMLInputElement {
  return card.querySelector(".pick input") as HTMLInputElement;
}

/** "“Plan”", or "3 boards". */
export function named(boards: string[]): string {
  const only = boards.length === 1 && cardOf(boards[0])?.querySelector("h2")?.textContent?.trim();
  return only ? `“${only}”` : `${boards.length} board${boards.length === 1 ? "" : "s"}`;
}
