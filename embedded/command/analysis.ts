// What `npx convex codegen` is told of the functions: the answer to a push that changes nothing.
import { relative, sep } from "node:path";
import { type Config, type Definition, type Definitions, evaluate } from "../components/definitions.ts";
import { instances } from "../components/instances.ts";
import type { Catalog } from "../functions/catalog.ts";
import { kindName } from "../functions/checked_function.ts";
import type { FunctionInfo } from "../functions/listing.ts";
import type { Json, JsonObject } from "../value/json.ts";

type Env = Readonly<Record<string, string>>;

const NOTHING = { allocatedComponentIds: {}, schemaIds: {}, indexDiffs: {} };
const ALONE: Definition = { childComponents: [], httpMounts: {} };
const UDF_CONFIG = { serverVersion: "1.48.0", importPhaseRngSeed: null, importPhaseUnixTimestamp: null };

/** In the form of npm convex 1.48, `deployApi/startPush.ts`. `folder` is that of the functions. */
export function analysis(app: Catalog, config: Config | null, env: Env, folder: string): Json {
  const { app: root, components }: Definitions = config ? evaluate(config, env) : { app: ALONE, components: {} };
  /** How the CLI names a component's folder. */
  const named = (path: string): string => (path === "" ? "" : relative(folder, path).split(sep).join("/"));
  const analysed: Record<string, Json> = {};
  for (const { path: component, folder: own } of instances(config, env)) {
    const { functions, schema } = app.of(component);
    const definition = component === "" ? root : components[own]!;
    const path = named(own);
    analysed[path] ??= {
      definition: definitionOf(path, definition, functions, named),
      schema: schema as Json,
      functions: modulesOf(functions),
      udfConfig: UDF_CONFIG,
    };
  }
  return {
    environmentVariables: {}, // secrets, which codegen does not need
    externalDepsId: null,
    componentDefinitionPackages: {},
    appAuth: [],
    analysis: analysed,
    app: {
      definitionPath: "",
      componentPath: "",
      args: {},
      childComponents: {},
      httpRoutes: { httpModuleRoutes: null, mounts: [] },
      exports: {},
    },
    schemaChange: NOTHING,
  };
}

function definitionOf(
  path: string,
  { childComponents, httpMounts, envVars }: Definition,
  functions: readonly FunctionInfo[],
  named: (path: string) => string,
): JsonObject {
  return {
    path,
    definitionType: path === "" ? { type: "app" } : { type: "childComponent", name: path.split("/").at(-1)!, args: [] },
    childComponents: childComponents.map((child) => ({ ...child, path: named(child.path) }) as Json),
    httpMounts,
    exports: path === "" ? { type: "branch", branch: [] } : exportsOf(functions),
    ...(envVars === undefined ? {} : { envVars: envVars as Json }),
  };
}

/** A component's public functions, by the folders and names of their modules. */
function exportsOf(functions: readonly FunctionInfo[]): Json {
  const root: Json[] = [];
  for (const { module, name, public: isPublic } of functions) {
    if (!isPublic) continue;
    let branch = root;
    for (const part of module.split("/")) {
      const known = branch.find((entry) => (entry as [string, Json])[0] === part) as [string, { branch: Json[] }];
      const next = known ?? [part, { type: "branch", branch: [] }];
      if (known === undefined) branch.push(next);
      branch = next[1].branch;
    }
    branch.push([name, { type: "leaf", leaf: `_reference/function/${module}.js:${name}` }]);
  }
  return { type: "branch", branch: root };
}

function modulesOf(functions: readonly FunctionInfo[]): JsonObject {
  const modules: Record<string, { functions: Json[]; httpRoutes: null; cronSpecs: null; sourceMapped: null }> = {};
  for (const { module, name, kind, public: isPublic, args, returns } of functions) {
    const found = (modules[`${module}.js`] ??= {
      functions: [],
      httpRoutes: null,
      cronSpecs: null,
      sourceMapped: null,
    });
    found.functions.push({
      name,
      pos: null,
      udfType: kindName(kind),
      visibility: { kind: isPublic ? "public" : "internal" },
      args: JSON.stringify(args),
      returns: JSON.stringify(returns ?? { type: "any" }),
    });
  }
  return modules;
}
