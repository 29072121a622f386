// Starts actions and answers their requests. They run in a thread of their own, which starts with the first action.
import { resolve } from "node:path";
import type { Instance } from "../components/instances.ts";
import type { Bundle } from "../functions/bundle.ts";
import type { Listing } from "../functions/listing.ts";
import { visible } from "../ground/terminal.ts";
import type { ActionCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import { checkedArgs, refused } from "../run/invocation.ts";
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
  #instances!: readonly Instance[];
  /** The thread in which actions begin. */
  #thread: ActionWorker | null = null;
  #broken: FunctionError | null = null;
  #loaded: ((listing: Listing) => void) | null = null;
  #refused: ((error: Error) => void) | null = null;

  constructor(host: Host, folder: string) {
    this.#host = host;
    this.#runs = new ActionRuns(host);
    this.#folder = resolve(folder);
  }

  /** Starts to use a version. The thread itself lists functions that only Node can load. Raises FunctionError if they do not load. */
  async load(bundle: Bundle, instances: readonly Instance[]): Promise<Listing | null> {
    this.#bundle = bundle;
    this.#instances = instances;
    if (bundle.actions.nodeModules.length === 0) {
      if (this.#thread) this.#postCode(this.#thread);
      return null;
    }
    return new Promise((loaded, reject) => {
      this.#loaded = loaded;
      this.#refused = reject;
      if (this.#thread) this.#postCode(this.#thread);
      else this.#start();
    });
  }

  run(call: ActionCall): void {
    try {
      const fn = this.#host.catalog
        .of(call.component)
        .findCallable(call.path, "action", call.trusted === true || call.identity?.admin === true);
      const args = checkedArgs(fn, call.args);
      this.#begin({ call, fn, component: fn.component, name: fn.title }, (run) => ({
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
    const { component, route, request } = call;
    const name = this.#host.catalog.of(component).routeOf(request.method, route);
    this.#begin({ call, fn: null, component, name }, (run) => {
      call.onGone(() => this.#runs.get(run)?.thread.post({ type: "gone", run }));
      return { type: "http", run, component, route, request };
    });
  }

  #begin(run: Omit<ActionRun, "thread" | "logs" | "started" | "timer">, message: (run: number) => ToActions): void {
    const thread = this.#thread ?? this.#start();
    const id = this.#runs.begin({ ...run, thread });
    if (id === null) return;
    if (this.#broken) return this.#runs.end(id, this.#broken);
    thread.post(message(id));
  }

  #finish({ run: id, ok, text, uncaught }: FromActions & { type: "finish" }): void {
    const run = this.#runs.get(id);
    if (uncaught && run?.thread === this.#thread) this.#replace(run!.thread);
    try {
      if (!ok) throw fail(text, this.#bundle.actions.trace);
      run?.fn?.checkReturns(text);
      this.#runs.end(id, null, text);
    } catch (error) {
      this.#runs.end(id, error as FunctionError);
    }
  }

  #postCode(thread: ActionWorker): void {
    const { code, nodeModules } = this.#bundle.actions;
    const [app, ...components] = this.#instances;
    this.#broken = null;
    thread.post({
      type: "load",
      code,
      components: components.map(({ path, folder, env }) => {
        const { name, code } = this.#bundle.components.get(folder)!;
        return { path, env, name, code };
      }),
      env: app!.env,
      require: nodeModules.length > 0 ? `${this.#folder}/` : null,
      nodeModules,
    });
  }

  #start(): ActionWorker {
    const thread = new ActionWorker(
      (message) => this.#take(message, thread),
      () => this.#lost(thread),
    );
    this.#thread = thread;
    this.#postCode(thread);
    return thread;
  }

  /** An action left the thread in an unknown state: the others there may end, and the next ones get a fresh thread. */
  #replace(thread: ActionWorker): void {
    this.#thread = null;
    thread.retire();
  }

  #lost(thread: ActionWorker): void {
    if (this.#thread === thread) this.#thread = null;
    this.#runs.endAll(
      thread,
      new FunctionError("The action did not end: it kept its thread busy for too long, or crashed it."),
    );
  }

  #take(message: FromActions, thread: ActionWorker): void {
    switch (message.type) {
      case "finish":
        return this.#finish(message);
      case "ask":
        return void this.#answer(message, thread);
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
        return call.chunk(message.bytes, () => thread.post({ type: "written", run, bytes: message.bytes.length }));
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

  async #answer(
    { run: id, call, name, args, bytes }: FromActions & { type: "ask" },
    thread: ActionWorker,
  ): Promise<void> {
    const run = this.#runs.get(id);
    try {
      if (run === undefined) throw new FunctionError("The action has ended.");
      const answer = await answerAction(this.#host, run, name, JSON.parse(args), bytes);
      thread.post({ type: "answer", call, ...answer });
    } catch (error) {
      thread.post({ type: "answer", call, text: refused("action", error as Error) });
    }
  }
}
