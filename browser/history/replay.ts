import { focusBoard } from "../ground/focus.ts";
import { onKey } from "../ground/keydown.ts";
import type { Page } from "../page.ts";
import type { ToolName } from "../types/tool.ts";
import { Action } from "./action.ts";
import { Bar } from "./bar.ts";
import type { Past } from "./past.ts";
import { Reading } from "./reading.ts";
import { Stage } from "./stage.ts";
import { Video } from "./video.ts";

/** A frame that took longer does not let the time jump, in ms. */
const LONGEST = 100;

/** What the page lets go of before it shows the past. */
interface Busy {
  close(): void;
}

/** Plays how the board was drawn, over the live board, which goes on below. Nothing can be changed meanwhile. */
export class Replay {
  #page;
  #url;
  #busy;
  #bar;
  #past: Past | null = null;
  #stage: Stage | null = null;
  #action: Action | null = null;
  #video: Video | null = null;
  #count = 0;
  #time = 0;
  #playing = false;
  #last = 0;
  #frame = 0;
  #tool: ToolName = "hand";
  #reading;
  #reads = 0;

  /** @param url of the board */
  constructor(bar: HTMLElement, page: Page, url: string, busy: Busy) {
    this.#page = page;
    this.#url = url;
    this.#busy = busy;
    this.#bar = new Bar(bar, (what) => this.#press(what));
    this.#reading = new Reading(url, (sentence) => (this.#bar.reading = sentence));
    bar.addEventListener("open", () => void this.enter());
    this.#bar.range.addEventListener("input", () => this.#drag());
    onKey(document, (event) => this.#key(event), true);
    page.board.camera.takes.add(() => {
      if (!this.#action?.flies) this.#bar.follow.checked = false;
    });
  }

  get on() {
    return document.body.dataset.replay !== undefined;
  }

  /** Shows the board as it was at this ts, or plays all from the start. */
  async enter(ts: bigint | null = null) {
    if (!this.on) this.#begin();
    else if (ts === null) return;
    if (!(this.#past && this.#reaches(this.#past, ts)) && !(await this.#read(this.#reading.with(ts)))) return;
    if (ts !== null) this.seek((this.#past as Past).clock.countOf(ts));
    else this.#play(true);
  }

  /** Back to the board as it is now. */
  leave() {
    this.#reads++;
    this.#reading.stop();
    this.#video?.stop();
    this.#close();
    cancelAnimationFrame(this.#frame);
    this.#bar.open = false;
    delete document.body.dataset.replay;
    this.#page.board.past = false;
    this.#page.hand.tool(this.#page.hand.mayUse(this.#tool) ? this.#tool : "hand");
    focusBoard();
  }

  /** To the moment after so many changes. */
  seek(count: number) {
    if (!this.#past) return;
    this.#count = Math.max(0, Math.min(this.#past.fold.length, count));
    this.#time = this.#past.clock.timeOf(this.#count);
    this.#bar.tell(this.#past, this.#count, this.#url);
  }

  #begin() {
    const { board, hand } = this.#page;
    this.#busy.close();
    this.#tool = hand.toolName;
    board.past = true;
    hand.tool("hand");
    document.body.dataset.replay = "";
    this.#bar.open = true;
    this.#bar.range.focus({ preventScroll: true });
  }

  #close() {
    this.#play(false);
    this.#stage?.close();
    this.#stage = this.#past = this.#action = null;
  }

  #reaches({ clock, fold }: Past, ts: bigint | null) {
    return ts !== null && ts >= (clock.tsOf(1) ?? 0n) && ts <= (clock.tsOf(fold.length) ?? 0n);
  }

  /** Shows a part of the log once it is there. Of several that are asked for, the last one counts. */
  async #read(part: Promise<Past | null>): Promise<Past | null> {
    const read = ++this.#reads;
    this.#close();
    const past = await part;
    if (read !== this.#reads) return null;
    if (past) this.#show(past);
    else this.leave();
    return past;
  }

  #show(past: Past) {
    this.#past = past;
    const { board } = this.#page;
    this.#stage = new Stage(board, past.fold, document.getElementById("board") as Element);
    this.#action = new Action(board, past, this.#stage);
    this.#bar.mark(past, this.#reading.versions, (count) => this.seek(count));
    this.seek(0);
    cancelAnimationFrame(this.#frame);
    this.#last = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  #tick(now: number) {
    const [past, stage] = [this.#past, this.#stage];
    if (!past || !stage) return;
    const passed = Math.min(LONGEST, now - this.#last);
    this.#last = now;
    if (this.#playing) {
      const time = this.#time + passed * Number(this.#bar.speed.value);
      this.seek(past.clock.countAt(time));
      this.#time = time;
      if (time >= past.clock.end) void this.#ended(past);
    }
    stage.paint(this.#count, passed);
    if (this.#bar.follow.checked) this.#action?.follow(this.#count);
    this.#video?.frame(stage.canvas);
    this.#frame = requestAnimationFrame((then) => this.#tick(then));
  }

  /** A part has been played. */
  async #ended(past: Past) {
    this.#play(false);
    const later = past.later;
    if (!later) return this.#video?.end();
    if (await this.#read(this.#reading.part(later))) this.#play(true);
  }

  #play(playing: boolean) {
    if (playing && this.#past && this.#count >= this.#past.fold.length) this.seek(0);
    this.#playing = playing;
    this.#bar.playing = playing;
  }

  #drag() {
    this.#play(false);
    this.seek(Number(this.#bar.range.value));
  }

  #press(what: string) {
    if (what === "now") this.leave();
    else if (what === "play") this.#play(!this.#playing);
    else if (what === "earlier") void this.#leap(-1);
    else if (what === "later") void this.#leap(1);
    else if (what === "video") this.#record();
  }

  /** To where a sitting begins; at an end, to the neighbouring part of the log. */
  async #leap(step: 1 | -1) {
    const past = this.#past;
    if (!past) return;
    this.#play(false);
    let to = this.#count + step;
    while (to > 0 && to < past.fold.length && !past.begins(to)) to += step;
    const part = to < 0 ? past.part.before : to > past.fold.length ? past.later : null;
    if (!part) return this.seek(to);
    const other = await this.#read(this.#reading.part(part));
    if (other) this.seek(step > 0 ? 0 : other.fold.length);
  }

  #record() {
    if (this.#video) return this.#video.stop();
    if (!this.#stage) return;
    this.#video = Video.start(this.#stage.canvas, () => {
      this.#video = null;
      this.#bar.recording = false;
    });
    this.#bar.recording = this.#video !== null;
    if (this.#video) this.#play(true);
  }

  #key(event: KeyboardEvent) {
    if (!this.on || (event.target as Element).closest?.("dialog, #history, select, [type=checkbox]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @returns whether the key is one of these */
  #act({ key, shiftKey, target }: KeyboardEvent) {
    const onButton = (target as Element).closest?.("button, a") !== null;
    if (key === "Escape") this.leave();
    else if (key === " " && !onButton) this.#play(!this.#playing);
    else if (key === "ArrowLeft" || key === "ArrowRight") this.#step(key === "ArrowLeft" ? -1 : 1, shiftKey);
    else if (key === "Home" || key === "End") this.#end(key === "End");
    else return false;
    return true;
  }

  #step(step: 1 | -1, far: boolean) {
    if (far) return void this.#leap(step);
    this.#play(false);
    this.seek(this.#count + step);
  }

  #end(last: boolean) {
    this.#play(false);
    this.seek(last ? Infinity : 0);
  }
}
