// The thread of the actions. It runs the functions' code in a plain Node realm with network and timers. It has no database: an
// action's requests go to the deployment's thread as messages.
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import vm from "node:vm";
import { parentPort } from "node:worker_threads";
import { list } from "../functions/listing.ts";
import { logLine, Timers } from "../sandbox/console.ts";
import { scopeOf } from "../sandbox/scope.ts";
import { describe } from "./described.ts";
import { Flow } from "./flow.ts";

export interface HttpRequest {
  url: string;
  method: string;
  headers: [string, string][];
  body: Uint8Array | null;
}

type Env = Readonly<Record<string, string>>;
/** The code of a component, and where it is mounted. */
interface Component {
  path: string;
  env: Env;
  name: string;
  code: string;
}

export type ToActions =
  | {
      type: "load";
      code: string;
      env: Env;
      components: Component[];
      require: string | null;
      nodeModules: string[];
    }
  | { type: "act"; run: number; module: string; name: string; args: string }
  | { type: "http"; run: number; component: string; route: string; request: HttpRequest }
  | { type: "written"; run: number; bytes: number }
  | { type: "gone"; run: number }
  | { type: "answer"; call: number; text: string; bytes?: Uint8Array | undefined }
  | { type: "ping" };
export type FromActions =
  | { type: "loaded"; listing?: string; error?: { message: string; stack: string } }
  | { type: "ask"; run: number; call: number; name: string; args: string; bytes?: Uint8Array | undefined }
  | { type: "head"; run: number; status: number; headers: [string, string][] }
  | { type: "chunk"; run: number; bytes: Uint8Array }
  | { type: "finish"; run: number; ok: boolean; text: string; uncaught?: boolean }
  | { type: "log"; run: number; line: string; stack: string; whole: boolean }
  | { type: "pong" };

type Answer = { text: string; bytes?: Uint8Array | undefined };

const NO_RUN = -1;
const scope = globalThis as any;
const current = new AsyncLocalStorage<number>();
const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
const flows = new Map<number, Flow>();
const running = new Set<number>();
/** Those of `running` that are of a module that says "use node". */
const inNode = new Set<number>();
let asked = 0;
let modules: Record<string, Record<string, any>> = {};
let nodeModules = new Set<string>();

// As in the sandbox.
Error.stackTraceLimit = 30;

const say = (message: FromActions): void => parentPort!.postMessage(message);

function ask(name: string, args: string, bytes?: Uint8Array): Promise<Answer> {
  const run = current.getStore();
  if (run === undefined) return Promise.reject(new Error(`${name} can only be used while an action runs.`));
  const call = asked++;
  say({ type: "ask", run, call, name, args, bytes });
  return new Promise((resolve, reject) => waiting.set(call, { resolve, reject }));
}

scope.Convex = {
  syscall(name: string) {
    throw new Error(`Unknown operation ${name}`);
  },
  asyncSyscall: async (name: string, args: string) => (await ask(name, args)).text,
  async jsSyscall(name: string, args: any) {
    if (name === "storage/storeBlob") {
      const { blob, options } = args as { blob: Blob; options?: { sha256?: string } };
      if (!(blob instanceof Blob))
        throw new Error(
          "store() expects a Blob. If you are trying to store a Request, `await request.blob()` will give you the correct input.",
        );
      const about = JSON.stringify({ contentType: blob.type, sha256: options?.sha256 });
      return JSON.parse((await ask(name, about, new Uint8Array(await blob.arrayBuffer()))).text) as string;
    }
    if (name === "storage/getBlob") {
      const { text, bytes } = await ask(name, JSON.stringify({ storageId: args.storageId }));
      return bytes ? new Blob([bytes as Uint8Array<ArrayBuffer>], { type: JSON.parse(text) ?? "" }) : null;
    }
    throw new Error(`Unknown operation ${name}`);
  },
};

/** Each run has its own timers. */
const timers = new Map<number, Timers>();
const print = (level: string, said: string, args: unknown[]): void =>
  say({
    type: "log",
    run: current.getStore() ?? NO_RUN,
    line: logLine(level, args, said),
    stack: new Error().stack ?? "",
    whole: level === "trace",
  });
const timersOfRun = (): Timers => {
  const run = current.getStore() ?? NO_RUN;
  const known = timers.get(run) ?? new Timers(print);
  timers.set(run, known);
  return known;
};
const printed: Record<string, (...args: unknown[]) => void> = {
  time: (label) => timersOfRun().time(label),
  timeLog: (label, ...args) => timersOfRun().log(label, ...args),
  timeEnd: (label) => timersOfRun().end(label),
};
for (const level of ["log", "info", "warn", "error", "debug", "trace"])
  printed[level] = (...args) => print(level, "", args);
/** Convex's own runtime has no more than these. Node's further functions print with them. */
scope.console = new Proxy(Object.assign(scope.console, printed), {
  get(console, name: string) {
    const run = current.getStore();
    return run !== undefined && running.has(run) && !inNode.has(run) ? printed[name] : console[name];
  },
});

function load({ code, env, components, require, nodeModules: names }: ToActions & { type: "load" }): void {
  try {
    nodeModules = new Set(names);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    scope.require = require === null ? undefined : createRequire(require);
    new vm.Script(code, { filename: "functions.js" }).runInThisContext();
    modules = { ...scope.__modules.default };
    const listing = list(modules);
    for (const component of components) mount(component);
    say({ type: "loaded", listing });
  } catch (error) {
    const { message, stack = "" } = error as Error;
    say({ type: "loaded", error: { message, stack } });
  }
}

/** Its modules have its path and a colon before their names. */
function mount({ path, env, name, code }: Component): void {
  const process = { env: { ...env } };
  const own = scopeOf({ process });
  const made = new vm.Script(code, { filename: name }).runInThisContext()(own, own, own, process, scope.Convex);
  for (const module of Object.keys(made)) modules[`${path}:${module}`] = made[module];
}

async function finish(run: number, work: () => Promise<string>): Promise<void> {
  let ok = true;
  let text: string;
  running.add(run);
  try {
    text = await current.run(run, work);
  } catch (error) {
    ok = false;
    text = describe(error);
  }
  timers.delete(run);
  running.delete(run);
  inNode.delete(run);
  say({ type: "finish", run, ok, text });
}

async function respond({ run, component, route, request: asked }: ToActions & { type: "http" }): Promise<string> {
  const { url, method, headers, body } = asked;
  const request = new Request(url, { method, headers, body: body as Uint8Array<ArrayBuffer> | null });
  const router = modules[component === "" ? "http" : `${component}:http`]?.default;
  const [endpoint] = router?.lookup(route, method) ?? [];
  const response: unknown = endpoint
    ? await endpoint.invokeHttpAction(request)
    : new Response("No matching routes found", { status: 404 });
  if (!(response instanceof Response)) throw new Error("The HTTP action must return a Response.");
  say({ type: "head", run, status: response.status, headers: [...response.headers] });
  if (response.body) await stream(run, response.body.getReader());
  return "null";
}

/** Sends the body no faster than the client reads it. */
async function stream(run: number, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const flow = new Flow();
  flows.set(run, flow);
  try {
    for (let next = await reader.read(); !next.done && !flow.gone; next = await reader.read()) {
      say({ type: "chunk", run, bytes: next.value });
      await flow.sent(next.value.length);
    }
    if (flow.gone) await reader.cancel("The client has left.");
  } finally {
    flows.delete(run);
  }
}

function take({ call, text, bytes }: ToActions & { type: "answer" }): void {
  const caller = waiting.get(call);
  waiting.delete(call);
  if (text.charCodeAt(0) !== 33) return caller?.resolve({ text, bytes });
  const { message, data } = JSON.parse(text.slice(1)) as { message: string; data?: unknown };
  caller?.reject(Object.assign(new Error(message), data === undefined ? {} : { data }));
}

/** An error in a callback, or of a promise that nobody awaits, ends its action. If that has ended already, the error is only printed. */
function uncaught(error: unknown): void {
  const run = current.getStore();
  if (run === undefined || !running.has(run)) return scope.console.error(error);
  say({ type: "finish", run, ok: false, text: describe(error, "uncaughtException:"), uncaught: true });
}
process.on("uncaughtException", uncaught);
process.on("unhandledRejection", uncaught);

parentPort!.on("message", (message: ToActions) => {
  switch (message.type) {
    case "load":
      return load(message);
    case "act":
      if (nodeModules.has(message.module)) inNode.add(message.run);
      return void finish(message.run, async () =>
        modules[message.module]![message.name].invokeAction(String(message.run), message.args),
      );
    case "http":
      return void finish(message.run, () => respond(message));
    case "written":
      return flows.get(message.run)?.arrived(message.bytes);
    case "gone":
      return flows.get(message.run)?.leave();
    case "answer":
      return take(message);
    case "ping":
      return say({ type: "pong" });
  }
});
