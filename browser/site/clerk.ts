/** What we use of ClerkJS. */
export interface Clerk {
  isSignedIn: boolean;
  session: { id: string; getToken(options?: { skipCache?: boolean }): Promise<string | null> } | null | undefined;
  client: { reload(): Promise<{ lastActiveSessionId: string | null }> } | undefined;
  setActive(options: { session: string }): Promise<void>;
  load(options?: object): Promise<void>;
  mountSignIn(
    element: HTMLDivElement,
    options: { fallbackRedirectUrl: string; signUpFallbackRedirectUrl: string },
  ): void;
  signOut(): Promise<void>;
}

declare global {
  interface Window {
    Clerk?: Clerk;
    __internal_ClerkUICtor?: unknown;
  }
}
