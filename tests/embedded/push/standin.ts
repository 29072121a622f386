// A stand-in for a Convex backend, as far as a push needs one. It notes what it is asked, in order.
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { after } from "node:test";
import { brotliDecompressSync } from "node:zlib";

export const KEY = "standin|0123456789abcdef";

const NOTHING = { added: [], removed: [] };
/** The CLI checks every field of these with zod. */
const ANSWERS: Record<string, unknown> = {
  update_environment_variables: null,
  get_config_hashes: { config: { functions: "convex/" }, moduleHashes: [], nodeDependencies: [] },
  evaluate_schema: { componentSchemaEvaluations: {}, newComponentDefinitions: [] },
  start_push: {
    environmentVariables: {},
    externalDepsId: null,
    componentDefinitionPackages: {},
    appAuth: [],
    analysis: {},
    app: {
      definitionPath: "",
      componentPath: "",
      args: {},
      childComponents: {},
      httpRoutes: { httpModuleRoutes: null, mounts: [] },
      exports: {},
    },
    schemaChange: { allocatedComponentIds: {}, schemaIds: {}, indexDiffs: {} },
  },
  wait_for_schema: { type: "complete" },
  finish_push: { authDiff: NOTHING, definitionDiffs: {}, componentDiffs: {} },
  report_push_completed: null,
};
export const SCHEMA_FAILED = { type: "failed", error: "a board is no board", componentPath: "", tableName: "boards" };
export const NO_COMMIT_TS = { code: "InvalidSchema", message: "unknown variant `commitTs`, expected `id` or `null`" };

export class Standin {
  url = "";
  name = "standin";
  version = "precompiled-2026-08-03-0123abc";
  variables: Record<string, string | null> = {};
  asked: string[] = [];
  bodies: Record<string, any> = {};
  /** What a path answers instead, with its status. */
  wrong: Record<string, [number, unknown]> = {};
  /** Called when a push begins, which then hangs. */
  hang: (() => void) | null = null;

  async answer(request: IncomingMessage): Promise<[number, unknown]> {
    const bytes = await buffer(request);
    const text = request.headers["content-encoding"] === "br" ? brotliDecompressSync(bytes) : bytes;
    const path = request.url!.replace(/^\/api\/(deploy2\/)?/, "");
    this.asked.push(path);
    this.bodies[path] = text.length > 0 ? JSON.parse(text.toString()) : null;
    if (path === "/instance_name") return [200, this.name];
    if (path === "/version") return [200, this.version];
    if (request.headers.authorization !== `Convex ${KEY}`)
      return [401, { code: "BadAdminKey", message: "The provided admin key was invalid for this instance" }];
    if (this.wrong[path]) return this.wrong[path];
    if (path === "query") {
      const found = Object.entries(this.variables).filter(([, value]) => value !== null);
      return [200, { status: "success", value: found.map(([name, value]) => ({ name, value })), logLines: [] }];
    }
    if (path === "update_environment_variables")
      for (const { name, value } of this.bodies[path].changes) this.variables[name] = value;
    if (path === "start_push" && this.hang) {
      this.hang();
      await new Promise(() => {});
    }
    if (path === "start_push" && !this.variables.AUTH_PROVIDERS)
      return [400, { code: "AuthConfigMissingEnvironmentVariable", message: "AUTH_PROVIDERS was not set" }];
    return path in ANSWERS ? [200, ANSWERS[path]] : [404, null];
  }
}

export async function standin(): Promise<Standin> {
  const backend = new Standin();
  const server = createServer((request, response) => {
    void backend.answer(request).then(([status, body]) => {
      response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => void server.close().closeAllConnections());
  backend.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return backend;
}
