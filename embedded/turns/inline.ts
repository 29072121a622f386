// One query that is no part of the functions folder: `npx convex run --inline-query`. It has a context of its own, and cannot call
// other functions.
import type { Bundle } from "../functions/bundle.ts";
import { Catalog } from "../functions/catalog.ts";
import type { QueryCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import { invocation } from "../run/invocation.ts";
import type { Outcome } from "../run/result.ts";
import { Run } from "../run/run.ts";
import { Runtime } from "../sandbox/runtime.ts";
import { FunctionError } from "../value/errors.ts";
import { Evaluations } from "./evaluations.ts";
import { Pulse } from "./pulse.ts";
import type { AnyCall, Stage } from "./stage.ts";

/** Runs the default export of the module `name`. Only while everything is on disk and no mutation runs. */
export function runInline(host: Host, bundle: Bundle, name: string): Outcome {
  try {
    return answer(host, bundle, `${name}:default`);
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return host.failure(error, []);
  }
}

function answer(host: Host, bundle: Bundle, path: string): Outcome {
  let catalog: Catalog;
  const own = new Proxy(host, {
    get(target, name) {
      if (name === "catalog") return catalog;
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const evaluations = new Evaluations(own, new Pulse());
  const app = { path: "", folder: "", env: host.environment.all, mount: null };
  const runtime = new Runtime(bundle, [app], evaluations.calls);
  const { functions } = runtime.listings[0]!;
  catalog = new Catalog(host.db, { functions, schema: null, routes: null }, bundle.trace, []);
  const fn = catalog.findCallable(path, "query", true);
  evaluations.use(runtime);

  let outcome: Outcome | null = null;
  const call: QueryCall = { path, args: {}, identity: null, trusted: true, journal: null, done: () => {} };
  const waiting: AnyCall[] = [call];
  const stage: Stage = {
    peek: () => waiting[0] ?? null,
    start() {
      waiting.shift();
      const run = new Run(own, catalog, fn, null, {}, null);
      return { call, run, fn, text: invocation(fn, "{}", run), end: (ended) => (outcome = ended) };
    },
    retry: (call) => void waiting.unshift(call),
  };
  while (outcome === null) evaluations.drive(stage);
  return outcome;
}
