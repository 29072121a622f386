import { download } from "../ground/download.ts";
import { toast } from "../site/toast.ts";

/** Of a video, a second. */
const FRAMES = 30;

/** How long the end is seen, in ms. */
const LAST = 1_500;

/** How often a recorder that has given nothing gets as much time again. */
const WAITS = 10;

/** A video's longer side has at most so many px. */
const MOST = 1_920;

/** What browsers make, the best first. */
const TYPES = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];

/** Records what a canvas shows, on the board's own paper, until it is stopped; then the browser saves the file. */
export class Video {
  #canvas;
  #context;
  #recorder;
  #paper;
  /** Bytes so far. */
  #size = 0;
  #waits = WAITS;

  /** @returns null if this browser makes no videos, which is said */
  static start(seen: HTMLCanvasElement, ended: () => void): Video | null {
    const type =
      typeof MediaRecorder === "undefined" ? undefined : TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    if (type && "captureStream" in seen) return new Video(seen, type, ended);
    toast("error", "This browser cannot record a video. Chrome, Edge and Firefox can.");
    return null;
  }

  private constructor({ width, height }: HTMLCanvasElement, type: string, ended: () => void) {
    const scale = Math.min(1, MOST / Math.max(width, height));
    this.#canvas = document.createElement("canvas");
    // Some players take even numbers only.
    [this.#canvas.width, this.#canvas.height] = [width, height].map((side) => 2 * Math.round((side * scale) / 2));
    this.#context = this.#canvas.getContext("2d") as CanvasRenderingContext2D;
    this.#paper = getComputedStyle(document.body).backgroundColor;
    this.#recorder = new MediaRecorder(this.#canvas.captureStream(FRAMES), {
      mimeType: type,
      videoBitsPerSecond: 6_000_000,
    });
    const parts: Blob[] = [];
    this.#recorder.addEventListener("dataavailable", ({ data }) => {
      parts.push(data);
      this.#size += data.size;
    });
    this.#recorder.addEventListener("stop", () => {
      ended();
      if (!this.#size) return toast("error", "The browser recorded nothing: try again, for a longer time.");
      const href = URL.createObjectURL(new Blob(parts, { type: "video/webm" }));
      download(href, `${document.querySelector("#title")?.textContent || "board"}.webm`);
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    });
    this.#recorder.start(1_000);
  }

  /** What is seen now. */
  frame(seen: HTMLCanvasElement) {
    const { width, height } = this.#canvas;
    this.#context.fillStyle = this.#paper;
    this.#context.fillRect(0, 0, width, height);
    this.#context.drawImage(seen, 0, 0, width, height);
  }

  /** The board stays for a moment as it is at the end: until the recorder, which may be slow, has begun to give data. */
  end() {
    setTimeout(() => (this.#size || this.#waits-- <= 0 ? this.stop() : this.end()), LAST);
  }

  stop() {
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
  }
}
