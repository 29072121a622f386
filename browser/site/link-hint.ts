// Who cannot open a link that is about to be sent to a friend. Pure.

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** @returns a sentence, or nothing */
export function linkHint(host: string, visibility: string | undefined): string {
  if (LOOPBACK.test(host)) {
    return "This link works on this computer only. For others, start Easel with HOST=0.0.0.0 and open it at the address that it prints.";
  }
  return visibility === "private" ? "This board is private: the link opens it only for its members." : "";
}
