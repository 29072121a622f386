// One module that is no file of the functions folder, bundled by esbuild.
import { resolve } from "node:path";
import vm from "node:vm";
import type { Plugin } from "esbuild";
import type { Bundle } from "./bundle.ts";
import { compile } from "./compile.ts";
import { tracer } from "./tracer.ts";

const MODULE = "inline";
/** Where `npx convex` says that `query` is. */
const WRAPPERS = "convex:/_system/repl/wrappers.js";
const WRAPPED = 'export { queryGeneric as query, internalQueryGeneric as internalQuery } from "convex/server";';
const SCRIPT = "functions.js";

/** Its text may import what npm convex exports, and nothing else. Raises FunctionError if it does not compile. */
export async function bundleModule(folder: string, name: string, text: string): Promise<Bundle> {
  const entry = `import * as m0 from "${MODULE}";\nexport default { ${JSON.stringify(name)}: m0 };`;
  const { code, map } = await compile(folder, entry, { plugins: [alone(folder, name, text)] });
  const trace = tracer(folder, new Map([[SCRIPT, { folder, map }]]));
  return {
    ...{ script: new vm.Script(code, { filename: SCRIPT }), trace, authScript: null, watch: [] },
    ...{ actions: { code, trace, nodeModules: [] }, config: null, components: new Map() },
  };
}

function alone(folder: string, name: string, text: string): Plugin {
  const resolveDir = resolve(folder);
  return {
    name: MODULE,
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, namespace, pluginData, kind }) => {
        if (path === MODULE) return { path: name, namespace: MODULE };
        if (namespace !== MODULE || pluginData === MODULE) return undefined;
        if (path === WRAPPERS) return { path, namespace: WRAPPERS };
        if (!/^convex\/(server|values)$/.test(path))
          return { errors: [{ text: `It may import convex/server and convex/values, and not ${path}` }] };
        return build.resolve(path, { kind, resolveDir, pluginData: MODULE });
      });
      build.onLoad({ filter: /.*/, namespace: MODULE }, () => ({ contents: text, resolveDir }));
      build.onLoad({ filter: /.*/, namespace: WRAPPERS }, () => ({ contents: WRAPPED, resolveDir }));
    },
  };
}
