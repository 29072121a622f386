// Starts actions and answers their requests. They run in a thread of their own, which starts with the first action.
import { resolve } from "node:path";
import type { Bundle } from "../functions/bundle.ts";
import type { Listing } from "../functions/listing.ts";
import { complain, visible } from "../ground/terminal.ts";
import type { ActionCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import { checkedArgs } from "../run/invocation.ts";
import { fail } from "../run/run.ts";
import { addLine, position } from "../sandbox/console.ts";
import { FunctionError } from "../value/errors.ts";
import { answerAction } from "./calls.ts";
import type { ActionRun, HttpCall } from "./run.ts";
import { ActionRuns } from "./runs.ts";
import type { FromActions, ToActions } from "./thread.ts";
import { ActionWorker } from "./worker.ts";

export class Actions {
  readonly #host: Host;
  readonly #folder: string;
  readonly #runs: ActionRuns;
  #bundle!: Bundle;
  readonly #thread = new ActionWorker(
    (message) => this.#take(message),
    () => this.#lost(),
  );
  #broken: FunctionError | null = null;
  #loaded: ((listing: Listing) => void) | null = null;
  #refused: ((error: Error) => void) | null = null;

  constructor(host: Host, folder: string) {
    this.#host = host;
    this.#runs = new ActionRuns(host);
    this.#folder = resolve(folder);
  }

  /** Starts to use a version. The thread itself lists functions that only Node can load. Raises FunctionError if they do not load. */
  async load(bundle: Bundle): Promise<Listing | null> {
    this.#bundle = bundle;
    if (!bundle.actions.forNode) {
      if (this.#thread.running) this.#postCode();
      return null;
    }
    return new Promise((loaded, reject) => {
      this.#loaded = loaded;
      this.#refused = reject;
      if (this.#thread.running) this.#postCode();
      else this.#start();
    });
  }

  run(call: ActionCall): void {
    try {
      const fn = this.#host.catalog.findCallable(
        call.path,
        "action",
        call.trusted === true || call.identity?.admin === true,
      );
      const args = checkedArgs(fn, call.args);
      this.#begin({ call, fn, name: fn.path.replace(".js:", ":") }, (run) => ({
        type: "act",
        run,
        module: fn.module,
        name: fn.name,
        args: `[${args}]`,
      }));
    } catch (error) {
      call.done(this.#host.failure(error as Error, []));
    }
  }

  serve(call: HttpCall): void {
    const { request } = call;
    this.#begin({ call, fn: null, name: `${request.method} ${new URL(request.url).pathname}` }, (run) => {
      call.onGone(() => this.#thread.post({ type: "gone", run }));
      return { type: "http", run, request };
    });
  }

  #begin(run: Pick<ActionRun, "call" | "fn" | "name">, message: (run: number) => ToActions): void {
    const id = this.#runs.begin(run);
    if (id === null) return;
    if (!this.#thread.running) this.#start();
    if (this.#broken) return this.#runs.end(id, this.#broken);
    this.#thread.post(message(id));
  }

  #finish({ run: id, ok, text }: FromActions & { type: "finish" }): void {
    const run = this.#runs.get(id);
    try {
      if (!ok) throw fail(text, this.#bundle.actions.trace);
      run?.fn?.checkReturns(text);
      this.#runs.end(id, null, text);
    } catch (error) {
      this.#runs.end(id, error as FunctionError);
    }
  }

  #postCode(): void {
    const { code, forNode } = this.#bundle.actions;
    this.#broken = null;
    this.#thread.post({
      type: "load",
      code,
      env: this.#host.environment.all,
      require: forNode ? `${this.#folder}/` : null,
    });
  }

  #start(): void {
    this.#thread.start();
    this.#postCode();
  }

  #lost(): void {
    this.#runs.endAll(
      new FunctionError("The action did not end: it kept its thread busy for too long, or crashed it."),
    );
  }

  #take(message: FromActions): void {
    switch (message.type) {
      case "finish":
        return this.#finish(message);
      case "ask":
        return void this.#answer(message);
      case "loaded":
        return this.#wasLoaded(message);
      case "log":
        return this.#log(message);
      case "head":
      case "chunk": {
        const call = this.#runs.get(message.run)?.call;
        if (!call || !("head" in call)) return;
        const { run } = message;
        if (message.type === "head") return call.head(message.status, message.headers);
        return call.chunk(message.bytes, () =>
          this.#thread.post({ type: "written", run, bytes: message.bytes.length }),
        );
      }
    }
  }

  #wasLoaded({ listing, error }: FromActions & { type: "loaded" }): void {
    if (error) {
      this.#broken = new FunctionError(
        `The functions do not load: ${error.message}\n${this.#bundle.actions.trace(error.stack)}`.trimEnd(),
      );
      this.#refused?.(this.#broken);
    } else this.#loaded?.(JSON.parse(listing!) as Listing);
    this.#loaded = this.#refused = null;
  }

  #log({ run: id, line, stack, whole }: FromActions & { type: "log" }): void {
    const run = this.#runs.get(id);
    const trace = this.#bundle.actions.trace(stack);
    if (whole) line += `\n${trace.trimEnd()}`;
    if (run) addLine(run.logs, line);
    console.error(visible(`${run?.name ?? "actions"} ${line}${position(trace)}`));
  }

  async #answer({ run: id, call, name, args, bytes }: FromActions & { type: "ask" }): Promise<void> {
    const run = this.#runs.get(id);
    try {
      if (run === undefined) throw new FunctionError("The action has ended.");
      const answer = await answerAction(this.#host, run, name, JSON.parse(args), bytes);
      this.#thread.post({ type: "answer", call, ...answer });
    } catch (error) {
      const { message, data, trace } = error as FunctionError;
      if (!(error instanceof FunctionError)) complain("action", error);
      this.#thread.post({
        type: "answer",
        call,
        text: `!${JSON.stringify({ message: trace ? `${message}\n${trace}`.trimEnd() : message, data })}`,
      });
    }
  }
}
