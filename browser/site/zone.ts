// The server puts times under days as this browser's clock has them: the cookie says in which time zone that is.

const YEAR = 365 * 86_400; // s

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split("; ").includes(`zone=${zone}`))
  // biome-ignore lint/suspicious/noDocumentCookie: plain http has no Cookie Store
  document.cookie = `zone=${zone}; path=/; max-age=${YEAR}; samesite=lax`;
