import { credentials } from "./auth.ts";

/** A picture of 10 MiB over 500 kbit/s takes 3 minutes; the server gives up after 10. In ms. */
const TIMEOUT = 600_000;

/** Of an answer that comes line by line. In ms. */
const LONG_TIMEOUT = 3_600_000;

/** `retryAfter` in ms, 0 if the server does not say */
type Answer = { status: number; body: any; retryAfter: number };

/**
 * Sends a form with a file. Not by fetch, which reports no progress.
 * @param onSent how much of it has left, 0 to 1
 * @param onLine gets each line of an answer that comes line by line; the last one is the answer's body
 * @returns null when there was no answer
 */
export async function send(
  url: string,
  form: FormData,
  operationId: string,
  onSent: (part: number) => void,
  signal: AbortSignal,
  onLine?: (line: any) => void,
): Promise<Answer | null> {
  const headers = await credentials();
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = onLine ? LONG_TIMEOUT : TIMEOUT;
    for (const [name, value] of Object.entries({
      ...headers,
      Accept: onLine ? "application/x-ndjson" : "application/json",
      "Idempotency-Key": operationId,
    }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onSent(total ? loaded / total : 0);
    request.upload.onload = () => onSent(1);
    let heard = 0;
    if (onLine)
      request.onprogress = () => {
        const whole = request.responseText.lastIndexOf("\n");
        for (const line of request.responseText.slice(heard, Math.max(heard, whole)).split("\n"))
          if (line) onLine(read(line));
        heard = Math.max(heard, whole);
      };
    request.onload = () =>
      resolve({
        status: request.status,
        body: read(request.responseText.trim().split("\n").at(-1) ?? ""),
        retryAfter: 1000 * Number(request.getResponseHeader("Retry-After")),
      });
    request.onerror = request.ontimeout = request.onabort = () => resolve(null);
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

function read(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
