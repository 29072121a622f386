export type Connection = "connecting" | "live" | "stale" | "lost" | "closed";

/** What hx-sse keeps of a stream; the same object through its reconnections. */
export interface HtmxConnection {
  attempt: number;
  config: { reconnectDelay: number };
  reader: ReadableStreamDefaultReader | null;
  delayCanceller: (() => void) | null;
}
