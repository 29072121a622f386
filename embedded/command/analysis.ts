// What `npx convex codegen` is told of the functions: the answer to a push that changes nothing.
import type { Catalog } from "../functions/catalog.ts";
import { kindName } from "../functions/checked_function.ts";
import type { FunctionInfo } from "../functions/listing.ts";
import type { Json, JsonObject } from "../value/json.ts";

const NOTHING = { allocatedComponentIds: {}, schemaIds: {}, indexDiffs: {} };

/** In the form of npm convex 1.48, `deployApi/startPush.ts`: an app without components. */
export function analysis({ functions, schema }: Catalog): Json {
  const definition = {
    path: "",
    definitionType: { type: "app" },
    childComponents: [],
    httpMounts: {},
    exports: { type: "branch", branch: [] },
  };
  const udfConfig = { serverVersion: "1.48.0", importPhaseRngSeed: null, importPhaseUnixTimestamp: null };
  return {
    environmentVariables: {}, // secrets, which codegen does not need
    externalDepsId: null,
    componentDefinitionPackages: {},
    appAuth: [],
    analysis: { "": { definition, schema: schema as Json, functions: modulesOf(functions), udfConfig } },
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
