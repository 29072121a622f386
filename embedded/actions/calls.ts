// The requests of `convex/server` inside an action. Each one is a transaction of its own.

import type { Identity } from "../auth/identity.ts";
import { checkDigest, fileUrl, findFile, insertFile, metadata, removeFile, uploadUrl } from "../files/storage.ts";
import { type FunctionAddress, handleOf, resolve } from "../functions/address.ts";
import type { Catalog } from "../functions/catalog.ts";
import { shortPath } from "../functions/path.ts";
import { Transaction } from "../query/transaction.ts";
import { searchVectors, type VectorQuery } from "../query/vectors.ts";
import { type Origin, requestMetadata } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import type { Outcome } from "../run/result.ts";
import { DEPLOYMENT_METADATA } from "../run/syscalls.ts";
import { cancel, isCanceled, type ScheduleRequest, schedule } from "../schedule/jobs.ts";
import { FunctionError, RequestError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import type { ActionRun } from "./run.ts";

interface ActionAnswer {
  text: string;
  bytes?: Uint8Array;
}
type Ask = (
  host: Host,
  run: ActionRun,
  args: any,
  bytes: Uint8Array | undefined,
) => Promise<ActionAnswer | string> | string;

const reading = (host: Host, { component }: ActionRun): Transaction => new Transaction(host.db, component);
const catalogOf = (host: Host, { component }: ActionRun): Catalog => host.catalog.of(component);

const ASKS: Record<string, Ask> = {
  "1.0/actions/query": (host, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      host.query({
        ...callOf(host, run, args),
        journal: null,
        done: ({ outcome }) => settle(outcome, resolve, reject),
      }),
    ),
  "1.0/actions/mutation": (host, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      host.mutate({ ...callOf(host, run, args), done: (outcome) => settle(outcome, resolve, reject) }),
    ),
  "1.0/actions/action": (host, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      host.act({ ...callOf(host, run, args), done: (outcome) => settle(outcome, resolve, reject) }),
    ),

  "1.0/actions/vectorSearch": (host, run, { query }: { query: VectorQuery }) =>
    JSON.stringify({ results: searchVectors(host.db, catalogOf(host, run), query) }),

  async "1.0/actions/schedule"(host, run, request: ScheduleRequest) {
    const { scheduledFunctionId: job } = originOf(run);
    const id = await write(host, run, (tx) =>
      schedule(tx, catalogOf(host, run), request, { kind: job && isCanceled(tx, job) ? "canceled" : "pending" }),
    );
    host.scheduled();
    return id;
  },
  "1.0/actions/cancel_job": (host, run, { id }: { id: string }) => write(host, run, (tx) => cancel(tx, id)),

  "1.0/getUserIdentity": (_host, run) => (run.component === "" && identityOf(run)?.attributes) || "null",

  "1.0/storageGenerateUploadUrl": (host, run) => JSON.stringify(uploadUrl(host, run.component)),
  "1.0/storageGetUrl": (host, run, { storageId }: { storageId: string }) =>
    JSON.stringify(fileUrl(host, findFile(reading(host, run), storageId, "getUrl"))),
  "1.0/storageGetMetadata"(host, run, { storageId }: { storageId: string }) {
    const file = findFile(reading(host, run), storageId, "getMetadata");
    return JSON.stringify(file && metadata(file));
  },
  async "1.0/storageDelete"(host, run, { storageId }: { storageId: string }) {
    let uuid = "";
    await write(host, run, (tx) => void (uuid = removeFile(tx, storageId)));
    host.files.remove(uuid);
    return "null";
  },
  async "storage/storeBlob"(host, run, { contentType, sha256 }: { contentType: string; sha256?: string }, bytes) {
    checkDigest(bytes!, sha256);
    const file = await host.files.write([bytes!]);
    try {
      return await write(host, run, (tx) => insertFile(tx, file, contentType));
    } catch (error) {
      host.files.remove(file.uuid);
      throw error;
    }
  },
  async "storage/getBlob"(host, run, { storageId }: { storageId: string }) {
    const file = findFile(reading(host, run), storageId, "get");
    if (file === null) return "null";
    return { text: JSON.stringify(file.document.contentType ?? null), bytes: host.files.read(file.uuid) };
  },

  "1.0/getFunctionMetadata": (_host, { fn, component }) =>
    JSON.stringify({ name: fn ? shortPath(fn.path) : "http", componentPath: component }),
  "1.0/createFunctionHandle": (host, run, address: FunctionAddress) =>
    JSON.stringify(handleOf(catalogOf(host, run), address)),
  "1.0/getDeploymentMetadata": () => DEPLOYMENT_METADATA,
  "1.0/getRequestMetadata": (_host, run) =>
    requestMetadata(originOf(run), run.call.identity instanceof RequestError ? null : run.call.identity),
};

/** Raises FunctionError: the action that asked sees it as a thrown Error. */
export async function answerAction(
  host: Host,
  run: ActionRun,
  name: string,
  args: Json,
  bytes: Uint8Array | undefined,
): Promise<ActionAnswer> {
  const known = ASKS[name];
  if (known === undefined) throw new FunctionError(`Unknown async operation ${name}`);
  const answer = await known(host, run, args, bytes);
  return typeof answer === "string" ? { text: answer } : answer;
}

type CallOfAction = FunctionAddress & { args: Json };

function callOf(host: Host, run: ActionRun, call: CallOfAction) {
  const { catalog, path } = resolve(catalogOf(host, run), call);
  return {
    path,
    component: catalog.component,
    args: call.args,
    identity: run.call.identity instanceof RequestError ? null : run.call.identity,
    trusted: true,
    origin: originOf(run),
  };
}

const originOf = (run: ActionRun): Origin => run.call.origin ?? {};

function identityOf(run: ActionRun): Identity | null {
  if (run.call.identity instanceof RequestError) throw new FunctionError(run.call.identity.message);
  return run.call.identity;
}

function settle(outcome: Outcome, resolve: (text: string) => void, reject: (error: Error) => void): void {
  if (outcome.ok) return resolve(outcome.value);
  reject(
    new FunctionError(
      outcome.detail ?? outcome.message,
      outcome.data === undefined ? undefined : (JSON.parse(outcome.data) as Json),
    ),
  );
}

function write(host: Host, { component }: ActionRun, work: (tx: Transaction) => Json | void): Promise<string> {
  return new Promise((resolve, reject) => host.write(work, (outcome) => settle(outcome, resolve, reject), component));
}
