/** Answers after which asking again is of no use, and what they mean. */
export type Refusal = 401 | 403 | 404 | 409 | 429;
export const REFUSALS = {
  401: "Your session has ended. Sign in to see what others draw.",
  403: "You no longer have access to this board.",
  404: "This board is gone, or it is private now, or you were removed from it.",
  409: "You are signed in as somebody else now. Reload the page.",
  429: "Easel is open in too many windows. This one no longer shows what others draw: close some and reload it.",
};

/** What signing in again heals, as the same person, in another tab too. */
export const HEALED: readonly Refusal[] = [401, 409];
