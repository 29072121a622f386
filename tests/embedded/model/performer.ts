// Does the actions of one client of a seed.
import { Client } from "./client.ts";
import type { Home } from "./home.ts";
import type { Action, Plan } from "./plans.ts";
import { fits } from "./shapes.ts";
import { kindOf, type Operand } from "./steps.ts";
import type { Clock, Operation, Sent, Story, Watched } from "./story.ts";
import { json, post, text } from "./wire.ts";

export class Performer {
  readonly client: Client;
  readonly #home: Home;
  readonly #clock: Clock;
  readonly #plan: Plan;
  readonly #story: Story;
  readonly #slots = new Map<number, { id: number; watched: Watched }>();
  readonly #asking = new Set<Promise<void>>();

  constructor(home: Home, clock: Clock, plan: Plan, story: Story, number: number) {
    this.#home = home;
    this.#clock = clock;
    this.#plan = plan;
    this.#story = story;
    this.client = new Client(() => home.url, clock, story, number);
  }

  async settle(): Promise<void> {
    await Promise.all([...this.#asking, this.client.settled()]);
  }

  async perform(action: Action): Promise<void> {
    if (action.act !== "mutate" || action.by === "http") await this.#home.up;
    switch (action.act) {
      case "mutate":
        return this.#mutate(action);
      case "watch":
        return this.#watch(action.slot, { kind: "ask", question: this.#story.ids.real(action.question) });
      case "page":
        return await this.#page(action);
      case "unwatch":
        this.client.unwatch(this.#slots.get(action.slot)?.id ?? 0);
        return void this.#slots.delete(action.slot);
      case "ask": {
        const question = this.#story.ids.real(action.question);
        const sent = this.#sent();
        const asking = post(this.#home.url, this.#clock, "query", "steps:ask", question).then((answer) => {
          if (answer) this.#story.asked.push({ question, sent, answer });
        });
        return this.#later(asking);
      }
      case "echo":
        return this.#later(this.#echo(action.value));
      case "drop":
        return this.client.drop();
      case "repeat":
        return this.client.repeat(this.#clock.count);
      case "settle":
        return await this.settle();
    }
  }

  #sent = (): Sent => ({ at: this.#clock.tick(), seen: this.#clock.seen });

  #later(work: Promise<void>): void {
    const asking: Promise<void> = work.finally(() => this.#asking.delete(asking));
    this.#asking.add(asking);
  }

  #mutate({ op, steps, by, twice }: Action & { act: "mutate" }): void {
    const sent = this.#sent();
    const operation: Operation = {
      ...{ op, steps: this.#story.ids.real(steps), sent, session: null, request: 0, repeated: false, answers: [] },
    };
    this.#story.operations.set(op, operation);
    this.#story.ids.learnFrom(operation);
    if (by === "socket") return this.client.mutate(operation, twice);
    const argument = { op, steps: operation.steps };
    const posting = post(this.#home.url, this.#clock, "mutation", "steps:run", argument).then((answer) => {
      if (answer) operation.answers.push(answer);
    });
    this.#later(posting);
  }

  #watch(slot: number, watched: Watched): void {
    const before = this.#slots.get(slot);
    this.#slots.set(slot, { id: this.client.watch(watched), watched });
    if (before) this.client.unwatch(before.id);
  }

  async #page({ slot, read, size, from, half }: Action & { act: "page" }): Promise<void> {
    const page = { kind: "page", read, size, cursor: null, endCursor: null } as const;
    if (from !== null) await this.client.complete();
    const before = from === null ? undefined : this.#slots.get(from);
    const shown = before && (this.client.shown(before.id)?.value as any);
    const isSame =
      before?.watched.kind === "page" && JSON.stringify(json(before.watched.read)) === JSON.stringify(json(read));
    if (!isSame || !shown?.continueCursor) return this.#watch(slot, page);
    const { continueCursor, splitCursor } = shown;
    if (half === null) return this.#watch(slot, { ...page, cursor: continueCursor });
    if (!splitCursor || before.watched.kind !== "page") return;
    if (half === 0) this.#watch(slot, { ...before.watched, endCursor: splitCursor });
    else this.#watch(slot, { ...before.watched, cursor: splitCursor, endCursor: continueCursor });
  }

  async #echo(value: Operand): Promise<void> {
    const { seed, echo } = this.#plan;
    const argument = value.length === 0 ? {} : { value: value[0] };
    const answer = await post(this.#home.url, this.#clock, "query", `echoes:e${seed}`, argument);
    const result = value[0] ?? null;
    const never = (): null => null;
    const expected =
      value.length > 0 && !fits(echo.argument, value[0]!, never)
        ? "arguments"
        : fits(echo.result, result, never)
          ? text(result)
          : "returns";
    const found = answer === null ? expected : answer.ok ? text(answer.value) : kindOf(answer.message);
    if (found !== expected)
      this.#story.faults.push(`The echo of ${text(argument)} is ${found}, not ${expected}: ${text(echo as any)}`);
  }
}
