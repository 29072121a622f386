import type { Board } from "../board.ts";
import { onKey } from "../ground/keydown.ts";
import { isTyping } from "../ground/typing.ts";
import type { Hand } from "../hand.ts";
import { isSpent } from "../site/dismissal.ts";
import type { Sample, Tool, ToolName } from "../types/tool.ts";
import { Choice } from "./choice.ts";
import { Clicks } from "./clicks.ts";
import { Fingers } from "./fingers.ts";
import { Hover } from "./hover.ts";
import { buttonOf, ERASER_END, MIDDLE, Press, RIGHT } from "./press.ts";
import { quiet } from "./quiet.ts";
import { all, foreseen, isModifier, modifiers, sample } from "./sampling.ts";
import { turnWheel } from "./wheel.ts";

/** Turns pointer events into what the tools understand, and two fingers into pan and zoom. */
export class Pointer {
  #canvas;
  #surface;
  #board;
  #hand;
  #menu;
  #gesture: Press | null = null;
  #fingers;
  #clicks = new Clicks();
  #choice;
  #hover;

  /**
   * @param canvas what has the focus
   * @param surface what the pointers meet, above all shapes
   * @param menu a right click or a long press asks for the menu there
   */
  constructor(
    canvas: HTMLElement,
    surface: HTMLElement,
    { board, hand }: { board: Board; hand: Hand },
    tools: Record<ToolName, Tool>,
    menu: (sample: Sample) => void,
  ) {
    const { camera } = board;
    this.#canvas = canvas;
    this.#surface = surface;
    this.#fingers = new Fingers(camera);
    this.#hover = new Hover(surface, camera, () => (this.#gesture ? null : this.#choice.of(0)));
    this.#board = board;
    this.#hand = hand;
    this.#choice = new Choice(hand, tools);
    this.#menu = menu;
    surface.addEventListener("pointerdown", (event) => this.#down(event));
    surface.addEventListener("pointermove", (event) => this.#move(event));
    surface.addEventListener("pointerup", (event) => this.#up(event));
    for (const name of ["pointercancel", "lostpointercapture"] as const)
      surface.addEventListener(name, (event) => this.#lost(event));
    onKey(globalThis, (event) => this.#modified(event));
    addEventListener("keyup", (event) => this.#modified(event));
    surface.addEventListener("wheel", (event) => turnWheel(event, camera), { passive: false });
    quiet(surface);
    surface.addEventListener("pointerleave", () => this.#hover.end());
    document.addEventListener("visibilitychange", () => document.hidden && this.finish());
    addEventListener("pagehide", () => this.finish());
    hand.onTool(() => this.#showCursor());
    hand.onLeave((name) => {
      this.finish();
      tools[name].leave?.();
    });
  }

  /** The tool that was chosen. */
  get tool(): Tool {
    return this.#choice.chosen;
  }

  /** While the space bar is down, every tool is the hand. */
  space(down: boolean) {
    this.#choice.space = down;
    this.#showCursor();
  }

  /** Tells the style sheet which cursor. */
  #showCursor() {
    // A tool that says its own cursor keeps it while it is pressed.
    if (!this.#gesture?.tool.hover) this.#surface.style.cursor = "";
    this.#surface.dataset.tool = this.#choice.of(0).name;
    this.#surface.classList.toggle("panning", this.#choice.pans(this.#gesture?.tool));
  }

  /** Takes back what the gesture, or the tool in several of them, has done so far. @returns whether there was any */
  cancel(): boolean {
    const busy = this.#gesture !== null;
    const cancelled = (this.#gesture?.tool ?? this.tool).cancel();
    this.#end();
    return busy || cancelled === true;
  }

  #down(event: PointerEvent) {
    if (event.pointerType === "pen") {
      if (this.#gesture?.pointerType === "touch") this.cancel(); // by a hand that rests on the glass
      this.#fingers.makeWay(event);
    }
    if (event.pointerType === "touch" && !this.#touch(event)) return;
    const button = buttonOf(event);
    if (isSpent(event) || this.#gesture || ![0, MIDDLE, RIGHT, ERASER_END].includes(button)) return;
    const writing = isTyping(document.activeElement);
    event.preventDefault();
    this.#canvas.focus({ preventScroll: true });
    if (writing) return; // that is ended by this press, which does nothing else
    this.#capture(event);
    const tool = this.#choice.of(button, event.pointerType);
    const start = sample(event, this.#board.camera);
    this.#hand.busy = true;
    this.#gesture = new Press(event, button, tool, start, () => this.#rested());
    this.#hover.end();
    tool.press(start, event.pointerType);
    this.#showCursor();
  }

  /** A press from before the scripts ran is replayed: its pointer may be gone. */
  #capture({ isTrusted, pointerId }: PointerEvent) {
    if (isTrusted) this.#surface.setPointerCapture(pointerId);
  }

  /** A finger has rested where it landed. */
  #rested() {
    const gesture = this.#gesture as Press;
    this.cancel();
    this.#clicks.forget();
    this.#menu(gesture.start);
  }

  /** A finger lands. @returns whether it may draw */
  #touch(event: PointerEvent): boolean {
    const gesture = this.#gesture;
    const finger = this.#fingers.land(event, gesture && { ...gesture, pans: this.#choice.pans(gesture.tool) });
    if (finger !== "second") return finger === "first";
    this.#capture(event);
    if (gesture) this.cancel();
    return false;
  }

  #move(event: PointerEvent) {
    if (event.pointerType === "pen") this.#fingers.sawPen(event);
    if (this.#fingers.move(event)) return;
    const gesture = this.#gesture;
    if (!gesture) return this.#hover.move(event);
    if (event.pointerId !== gesture.pointerId) return;
    if (event.isTrusted && !event.buttons) return this.finish(); // it was lifted where the page did not hear of it
    if (!gesture.drags(event)) return;
    const samples = all(event, this.#board.camera);
    gesture.last = samples[samples.length - 1];
    gesture.tool.move(samples, foreseen(event, this.#board.camera));
  }

  /** Shift, Alt or Ctrl in mid-gesture count at once, and not only when the pointer moves on. */
  #modified(event: KeyboardEvent) {
    const gesture = this.#gesture;
    if (!gesture?.dragged || !isModifier(event)) return;
    event.preventDefault(); // Alt alone would open the browser's menu
    gesture.last = { ...gesture.last, ...modifiers(event) };
    gesture.tool.move([gesture.last], []);
  }

  #up(event: PointerEvent) {
    this.#fingers.lift(event);
    const gesture = this.#gesture;
    if (event.pointerId !== gesture?.pointerId) return;
    const end = sample(event, this.#board.camera);
    if (gesture.drags(event)) gesture.tool.move([end], []);
    this.finish();
    this.#hover.move(event);
    if (gesture.dragged) this.#clicks.forget();
    else if (gesture.button === RIGHT) this.#menu(end);
    else if (this.#clicks.isSecond(event)) gesture.tool.double?.(end);
  }

  /** The browser takes the pointer: a finger's, since it is a palm or a gesture of the system. What a pen or a mouse has done stays. */
  #lost(event: PointerEvent) {
    this.#fingers.lift(event);
    if (event.pointerId !== this.#gesture?.pointerId) return;
    if (event.pointerType === "touch") this.cancel();
    else this.finish();
  }

  /** Keeps what the gesture has done so far, as if the pointer were lifted where it is. */
  finish() {
    const gesture = this.#gesture;
    if (!gesture) return;
    this.#end(); // first: the tool may choose another one
    if (gesture.button === RIGHT && !gesture.dragged) return void gesture.tool.cancel();
    const change = gesture.tool.release();
    if (change) this.#board.commit(change);
  }

  #end() {
    this.#gesture?.end();
    this.#gesture = null;
    this.#hand.busy = false;
    this.#showCursor();
  }
}
