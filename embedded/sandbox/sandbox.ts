// Runs INSIDE the functions' own JavaScript context: its source text is evaluated there, so it may use nothing from this module.
// Host functions never throw and return text, so that no object of the host's realm reaches the functions.

/** The host's functions that the sandbox calls. */
export interface Host {
  /** The next call as two lines, JSON `{module, name, invoke, now, seed}` and the arguments; or null if none waits. */
  next(): string | null;
  /** `usedTime`: the call read the clock or random numbers. */
  finish(ok: boolean, result: string, usedTime: boolean): void;
  /** A JSON value, or `!` and a JSON `{message, data?}`. The first argument is the component whose code asks. */
  syscall(component: string, name: string, args: string, isAsync: boolean): string;
  /** Starts a nested call: two lines like those of `next`, or `!` and an error. */
  enter(component: string, args: string): string;
  /** Ends a nested call. The answer is like that of `syscall`. */
  leave(ok: boolean, result: string): string;
  log(level: string, args: unknown[]): void;
  utf8(text: string): ArrayBufferView;
  decodeUtf8(bytes: Uint8Array, fatal: boolean): string | null;
  digest(algorithm: string, bytes: Uint8Array): ArrayBufferView | null;
  hmac(hash: string, key: Uint8Array, bytes: Uint8Array): ArrayBufferView | null;
}

type Modules = Record<string, Record<string, any>>;
/** Makes the modules of a component with its own globals: `globalThis`, `global`, `self`, `process`, `Convex`. */
type Factory = (...globals: unknown[]) => Modules;

export interface Sandbox {
  /** Takes the modules of the app, or of a component, which gets these environment variables. */
  mount(component: string, make: Factory, env: string): Modules;
  drive(): void;
}

export function sandbox(
  host: Host,
  makeGlobals: (host: Host, chance: () => number) => void,
  scopeOf: (own: Record<PropertyKey, unknown>) => unknown,
): Sandbox {
  type Call = { module: string; name: string; invoke: string; now: number; seed: number };
  const scope = globalThis as any;
  /** The modules; those of a component have its path and a colon before their names. */
  const functions: Modules = {};
  let now = 0;
  let usedTime = false;
  /** Each call, and each call inside one, has a frame; code in it finds it in `frames`. */
  type Frame = { ended: Promise<void> };
  const frames = new scope.AsyncLocalStorage();
  /** Of the call that runs now. */
  let innermost: Frame;
  const frameOf = (hold: (end: () => void) => void): Frame => ({ ended: new Promise(hold) });

  // Frames of the host are among V8's usual ten, and would push out those of async callers.
  Error.stackTraceLimit = 30;

  // --- time and chance are fixed for a run ---
  let state = [1, 2, 3, 4] as [number, number, number, number];
  const reseed = (seed: number) => {
    state = [seed >>> 0, (seed * 0x9e3779b9) >>> 0, 0x243f6a88, 0xb7e15162];
    for (let i = 0; i < 12; i++) random32();
  };
  const random32 = (): number => {
    // sfc32
    const [a, b, c, d] = state;
    const out = (((a + b) | 0) + d) | 0;
    state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + out) | 0, (d + 1) | 0];
    return out >>> 0;
  };
  const RealDate = Date;
  scope.Date = new Proxy(RealDate, {
    construct(target, args, newTarget) {
      if (args.length === 0) {
        usedTime = true;
        return Reflect.construct(target, [now], newTarget);
      }
      return Reflect.construct(target, args, newTarget);
    },
    apply: () => {
      usedTime = true;
      return new RealDate(now).toString();
    },
    get: (target, key, receiver) => (key === "now" ? dateNow : Reflect.get(target, key, receiver)),
  });
  const dateNow = () => {
    usedTime = true;
    return now;
  };
  RealDate.prototype.constructor = scope.Date;
  Math.random = () => {
    usedTime = true;
    return (random32() * 0x200000 + (random32() >>> 11)) / 0x20000000000000;
  };

  makeGlobals(host, () => {
    usedTime = true;
    return random32();
  });
  const unwrap = (answer: string): string => {
    if (answer.charCodeAt(0) !== 33) return answer;
    const { message, data } = JSON.parse(answer.slice(1));
    const error: any = new Error(message);
    if (data !== undefined) error.data = data;
    throw error;
  };

  const readCall = (text: string): { call: Call; args: string } => {
    const end = text.indexOf("\n");
    return { call: JSON.parse(text.slice(0, end)), args: text.slice(end + 1) };
  };

  // --- syscalls ---
  /**
   * What a function asks for waits until the calls that it has made end: so each of those runs as a whole, and is undone alone. What
   * is left over of a function that has ended waits for ever: it must not write for the next one.
   */
  const isWaiting = (): boolean => frames.getStore() !== innermost;
  const runNested = async (component: string, args: string): Promise<string> => {
    while (isWaiting()) await innermost.ended;
    const caller = innermost;
    const { call, args: given } = readCall(unwrap(host.enter(component, args)));
    let end = () => {};
    innermost = frameOf((resolve) => (end = resolve));
    let ok = true;
    let out: string;
    try {
      out = await frames.run(innermost, () => functions[call.module]![call.name][call.invoke](given));
    } catch (error) {
      ok = false;
      out = describe(error);
    }
    innermost = caller;
    end();
    return unwrap(host.leave(ok, out));
  };
  /** Whose code asks decides whose tables it means. */
  const convexOf = (component: string) => ({
    syscall: (name: string, args: string) => unwrap(host.syscall(component, name, args, false)),
    asyncSyscall: async (name: string, args: string) => {
      if (name === "1.0/runUdf") return runNested(component, args);
      while (isWaiting()) await innermost.ended;
      return unwrap(host.syscall(component, name, args, true));
    },
    jsSyscall: (name: string) => {
      throw new Error(`Unknown operation ${name}`);
    },
  });
  scope.Convex = convexOf("");

  const describe = (error: any): string => {
    if (typeof error !== "object" || error === null)
      return JSON.stringify({ message: `Uncaught ${String(error)}`, stack: "" });
    const isError = Object.prototype.toString.call(error) === "[object Error]";
    const said = isError ? Error.prototype.toString.call(error) : `#<${error.constructor?.name ?? "Object"}>`;
    const described: Record<string, unknown> = { message: `Uncaught ${said}`, stack: String(error.stack ?? "") };
    if (error.ConvexErrorSymbol !== undefined) described.data = error.data;
    return JSON.stringify(described);
  };

  return {
    mount(component, make, env) {
      const process = { env: JSON.parse(env) as unknown };
      const Convex = convexOf(component);
      const global = scopeOf({ process, Convex });
      const modules = make(global, global, global, process, Convex);
      const prefix = component === "" ? "" : `${component}:`;
      for (const name of Object.keys(modules)) functions[prefix + name] = modules[name]!;
      return modules;
    },
    async drive() {
      for (let text = host.next(); text !== null; text = host.next()) {
        const { call, args } = readCall(text);
        now = call.now;
        usedTime = false;
        innermost = frameOf(() => {});
        reseed(call.seed);
        let ok = true;
        let out: string;
        try {
          out = await frames.run(innermost, () => functions[call.module]![call.name][call.invoke](args));
        } catch (error) {
          ok = false;
          out = describe(error);
        }
        innermost = frameOf(() => {});
        host.finish(ok, out, usedTime);
      }
    },
  };
}
