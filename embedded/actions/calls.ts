// The requests of `convex/server` inside an action. Each one is a transaction of its own.

import type { Identity } from "../auth/identity.ts";
import { checkDigest, fileUrl, findFile, insertFile, metadata, removeFile, uploadUrl } from "../files/storage.ts";
import { addressed, type FunctionAddress, handleOf, shortPath } from "../functions/path.ts";
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

const reading = (host: Host): Transaction => new Transaction(host.db);

const ASKS: Record<string, Ask> = {
  "1.0/actions/query": (host, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      host.query({
        ...callOf(run, args),
        journal: null,
        done: ({ outcome }) => settle(outcome, resolve, reject),
      }),
    ),
  "1.0/actions/mutation": (host, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      host.mutate({ ...callOf(run, args), done: (outcome) => settle(outcome, resolve, reject) }),
    ),
  "1.0/actions/action": (host, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      host.act({ ...callOf(run, args), done: (outcome) => settle(outcome, resolve, reject) }),
    ),

  "1.0/actions/vectorSearch": (host, _run, { query }: { query: VectorQuery }) =>
    JSON.stringify({ results: searchVectors(host.db, host.catalog, query) }),

  async "1.0/actions/schedule"(host, run, request: ScheduleRequest) {
    const { scheduledFunctionId: job } = originOf(run);
    const id = await write(host, (tx) =>
      schedule(tx, host.catalog, request, { kind: job && isCanceled(tx, job) ? "canceled" : "pending" }),
    );
    host.scheduled();
    return id;
  },
  "1.0/actions/cancel_job": (host, _run, { id }: { id: string }) => write(host, (tx) => cancel(tx, id)),

  "1.0/getUserIdentity": (_host, run) => identityOf(run)?.attributes ?? "null",

  "1.0/storageGenerateUploadUrl": (host) => JSON.stringify(uploadUrl(host)),
  "1.0/storageGetUrl": (host, _run, { storageId }: { storageId: string }) =>
    JSON.stringify(fileUrl(host, findFile(reading(host), storageId, "getUrl"))),
  "1.0/storageGetMetadata"(host, _run, { storageId }: { storageId: string }) {
    const file = findFile(reading(host), storageId, "getMetadata");
    return JSON.stringify(file && metadata(file));
  },
  async "1.0/storageDelete"(host, _run, { storageId }: { storageId: string }) {
    let uuid = "";
    await write(host, (tx) => void (uuid = removeFile(tx, storageId)));
    host.files.remove(uuid);
    return "null";
  },
  async "storage/storeBlob"(host, _run, { contentType, sha256 }: { contentType: string; sha256?: string }, bytes) {
    checkDigest(bytes!, sha256);
    const file = await host.files.write([bytes!]);
    try {
      return await write(host, (tx) => insertFile(tx, file, contentType));
    } catch (error) {
      host.files.remove(file.uuid);
      throw error;
    }
  },
  async "storage/getBlob"(host, _run, { storageId }: { storageId: string }) {
    const file = findFile(reading(host), storageId, "get");
    if (file === null) return "null";
    return { text: JSON.stringify(file.document.contentType ?? null), bytes: host.files.read(file.uuid) };
  },

  "1.0/getFunctionMetadata": (_host, run) =>
    JSON.stringify({ name: run.fn ? shortPath(run.fn.path) : "http", componentPath: "" }),
  "1.0/createFunctionHandle": (_host, _run, address: FunctionAddress) => JSON.stringify(handleOf(addressed(address))),
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
  if (known === undefined)
    throw new FunctionError(`Unknown async operation ${name}: the embedded deployment does not have it in actions.`);
  const answer = await known(host, run, args, bytes);
  return typeof answer === "string" ? { text: answer } : answer;
}

type CallOfAction = FunctionAddress & { args: Json };

function callOf(run: ActionRun, call: CallOfAction) {
  return {
    path: addressed(call),
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

function write(host: Host, work: (tx: Transaction) => Json | void): Promise<string> {
  return new Promise((resolve, reject) => host.write(work, (outcome) => settle(outcome, resolve, reject)));
}
