// The tree of components: what is mounted where, and each one's environment variables.
import { wrongIdentifier } from "../ground/identifiers.ts";
import { FunctionError } from "../value/errors.ts";
import type { ValidatorJson } from "../value/json.ts";
import { compile } from "../value/validators.ts";
import { type Binding, type Config, type Definition, type Definitions, evaluate } from "./definitions.ts";

type Env = Readonly<Record<string, string>>;

/** The app, or one use of a component. */
export interface Instance {
  /** `rateLimiter/batchWorker`; the app's is empty. */
  path: string;
  /** Of its functions and schema; the app's is empty. */
  folder: string;
  env: Env;
  /** What the paths of its HTTP routes begin with, `/` at both ends. Null: it has none, or the app's are as they are. */
  mount: string | null;
}
/** The environment variables that a definition declares, as an instance has them. */
type Variables = ReadonlyMap<string, { value: string | undefined; optional: boolean }>;

/** All instances, the app first and each before its own components. Raises FunctionError for a tree that Convex refuses. */
export function instances(config: Config | null, env: Env): Instance[] {
  const app: Instance = { path: "", folder: "", env, mount: null };
  if (config === null) return [app];
  const definitions = evaluate(config, env);
  const variables = variablesOfApp(definitions.app, env);
  return [
    { ...app, mount: definitions.app.httpPrefix ?? null },
    ...children(definitions, definitions.app, env, app, variables, []),
  ];
}

function* children(
  definitions: Definitions,
  definition: Definition,
  app: Env,
  parent: Instance,
  variables: Variables,
  above: readonly string[],
): Generator<Instance> {
  const names = new Set<string>();
  const mounts = new Map(Object.entries(definition.httpMounts).map(([prefix, child]) => [child, prefix]));
  for (const { name, path: folder, env } of definition.childComponents) {
    const path = parent.path === "" ? name : `${parent.path}/${name}`;
    must(wrongIdentifier(name) === null, `Invalid component name "${name}": ${wrongIdentifier(name)}`);
    must(!names.has(name), `Component "${parent.path}" has multiple child components with the same name: "${name}"`);
    must(!above.includes(folder), `The component in ${folder} uses itself.`);
    names.add(name);
    const own = variablesOf(path, definitions.components[folder]!, new Map(env), variables);
    const prefix = mounts.get(`_reference/childComponent/${name}`);
    const mount = prefix === undefined ? null : mountIn(parent, prefix);
    const instance = { path, folder, env: environmentOf(app, mount, own), mount };
    yield instance;
    yield* children(definitions, definitions.components[folder]!, app, instance, own, [...above, folder]);
  }
}

/** Prefixes in the app count from `/`; those in a component count from where it is. */
function mountIn(parent: Instance, prefix: string): string | null {
  if (parent.path === "") return prefix;
  return parent.mount && parent.mount.slice(0, -1) + prefix;
}

/** The deployment's own variables, and those of the component: none of the app's. */
function environmentOf(env: Env, mount: string | null, variables: Variables): Env {
  const values = [...variables].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]));
  const { CONVEX_CLOUD_URL = "", CONVEX_SITE_URL = "" } = env;
  const site = CONVEX_SITE_URL.replace(/\/$/, "") + (mount ?? "/").slice(0, -1);
  return { CONVEX_CLOUD_URL, CONVEX_SITE_URL: site, ...Object.fromEntries(values) };
}

function variablesOfApp({ envVars = [] }: Definition, env: Env): Variables {
  const missing = envVars.filter(([name, { optional }]) => !optional && env[name] === undefined);
  must(
    missing.length === 0,
    `Required environment variables are not set: ${missing.map(([name]) => name).join(", ")}. Set them in the Convex dashboard or CLI before pushing.`,
  );
  return new Map(
    envVars.map(([name, { value: validator, optional = false }]) => {
      const wrong = mismatch(validator, env[name]);
      must(wrong === null, `The environment variable ${name} has an invalid value: ${wrong}`);
      return [name, { value: env[name], optional }];
    }),
  );
}

function variablesOf(
  path: string,
  { envVars = [] }: Definition,
  given: ReadonlyMap<string, Binding>,
  ofParent: Variables,
): Variables {
  const declared = new Map(envVars);
  for (const name of given.keys()) must(declared.has(name), `Component "${path}" has no env var named "${name}"`);
  const variables = new Map<string, { value: string | undefined; optional: boolean }>();
  for (const [name, { value: validator, optional = false }] of declared) {
    const binding = given.get(name);
    must(optional || binding !== undefined, `Component "${path}" is missing required env var "${name}"`);
    if (binding === undefined) continue;
    const there = binding.type === "value" ? { value: binding.value, optional: false } : ofParent.get(binding.name);
    const source = binding.type === "value" ? "" : binding.name;
    must(there !== undefined, `Component "${path}" env var "${name}" references undeclared parent env var ${source}`);
    must(
      optional || !there.optional,
      `Component "${path}" env var "${name}" is required, but parent env var ${source} is optional`,
    );
    const wrong = mismatch(validator, there.value);
    must(wrong === null, `Component "${path}" has an invalid value for env var "${name}": ${wrong}`);
    variables.set(name, { value: there.value, optional });
  }
  return variables;
}

const mismatch = (validator: string, value: string | undefined): string | null =>
  value === undefined ? null : compile(JSON.parse(validator) as ValidatorJson, () => null)(value, "");

function must(holds: boolean, message: string): asserts holds {
  if (!holds) throw new FunctionError(message);
}
