// What `convex/server` asks for inside an action. Each answer is a transaction of its own.
import type { ActionRun } from "./action_run.ts";
import type { Outcome } from "./cache.ts";
import type { Deployment } from "./deployment.ts";
import { FunctionError, RequestError } from "./errors.ts";
import { addressed, type FunctionAddress, handleOf } from "./functions.ts";
import type { Identity } from "./identity.ts";
import { cancel, isCanceled, type ScheduleRequest, schedule } from "./jobs.ts";
import { type Origin, requestMetadata } from "./run.ts";
import { checkDigest, fileUrl, findFile, insertFile, metadata, removeFile, uploadUrl } from "./storage.ts";
import { DEPLOYMENT_METADATA } from "./syscalls.ts";
import { Transaction } from "./transaction.ts";
import type { Json } from "./values.ts";
import { searchVectors, type VectorQuery } from "./vectors.ts";

export interface ActionAnswer {
  text: string;
  bytes?: Uint8Array;
}
type Ask = (
  deployment: Deployment,
  run: ActionRun,
  args: any,
  bytes: Uint8Array | undefined,
) => Promise<ActionAnswer | string> | string;

const reading = (deployment: Deployment): Transaction => new Transaction(deployment.db);

const ASKS: Record<string, Ask> = {
  "1.0/actions/query": (deployment, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      deployment.query({
        ...callOf(run, args),
        journal: null,
        done: ({ outcome }) => settle(outcome, resolve, reject),
      }),
    ),
  "1.0/actions/mutation": (deployment, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      deployment.mutate({ ...callOf(run, args), done: (outcome) => settle(outcome, resolve, reject) }),
    ),
  "1.0/actions/action": (deployment, run, args: CallOfAction) =>
    new Promise((resolve, reject) =>
      deployment.act({ ...callOf(run, args), done: (outcome) => settle(outcome, resolve, reject) }),
    ),

  "1.0/actions/vectorSearch": (deployment, _run, { query }: { query: VectorQuery }) =>
    JSON.stringify({ results: searchVectors(deployment.db, deployment.catalog, query) }),

  async "1.0/actions/schedule"(deployment, run, request: ScheduleRequest) {
    const { scheduledFunctionId: job } = originOf(run);
    const id = await write(deployment, (tx) =>
      schedule(tx, deployment.catalog, request, { kind: job && isCanceled(tx, job) ? "canceled" : "pending" }),
    );
    deployment.scheduled();
    return id;
  },
  "1.0/actions/cancel_job": (deployment, _run, { id }: { id: string }) => write(deployment, (tx) => cancel(tx, id)),

  "1.0/getUserIdentity": (_deployment, run) => identityOf(run)?.attributes ?? "null",

  "1.0/storageGenerateUploadUrl": (deployment) => JSON.stringify(uploadUrl(deployment)),
  "1.0/storageGetUrl": (deployment, _run, { storageId }: { storageId: string }) =>
    JSON.stringify(fileUrl(deployment, findFile(reading(deployment), storageId, "getUrl"))),
  "1.0/storageGetMetadata"(deployment, _run, { storageId }: { storageId: string }) {
    const file = findFile(reading(deployment), storageId, "getMetadata");
    return JSON.stringify(file && metadata(file));
  },
  async "1.0/storageDelete"(deployment, _run, { storageId }: { storageId: string }) {
    let uuid = "";
    await write(deployment, (tx) => void (uuid = removeFile(tx, storageId)));
    deployment.files.remove(uuid);
    return "null";
  },
  async "storage/storeBlob"(
    deployment,
    _run,
    { contentType, sha256 }: { contentType: string; sha256?: string },
    bytes,
  ) {
    checkDigest(bytes!, sha256);
    const file = await deployment.files.write([bytes!]);
    try {
      return await write(deployment, (tx) => insertFile(tx, file, contentType));
    } catch (error) {
      deployment.files.remove(file.uuid);
      throw error;
    }
  },
  async "storage/getBlob"(deployment, _run, { storageId }: { storageId: string }) {
    const file = findFile(reading(deployment), storageId, "get");
    if (file === null) return "null";
    return { text: JSON.stringify(file.document.contentType ?? null), bytes: deployment.files.read(file.uuid) };
  },

  "1.0/getFunctionMetadata": (_deployment, run) => JSON.stringify({ name: run.name, componentPath: "" }),
  "1.0/createFunctionHandle": (_deployment, _run, address: FunctionAddress) =>
    JSON.stringify(handleOf(addressed(address))),
  "1.0/getDeploymentMetadata": () => DEPLOYMENT_METADATA,
  "1.0/getRequestMetadata": (_deployment, run) =>
    requestMetadata(originOf(run), run.call.identity instanceof RequestError ? null : run.call.identity),
};

/** Raises FunctionError: the action that asked sees it as a thrown Error. */
export async function answerAction(
  deployment: Deployment,
  run: ActionRun,
  name: string,
  args: Json,
  bytes: Uint8Array | undefined,
): Promise<ActionAnswer> {
  const known = ASKS[name];
  if (known === undefined)
    throw new FunctionError(`Unknown async operation ${name}: the embedded deployment does not have it in actions.`);
  const answer = await known(deployment, run, args, bytes);
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

function write(deployment: Deployment, work: (tx: Transaction) => Json | void): Promise<string> {
  return new Promise((resolve, reject) => deployment.write(work, (outcome) => settle(outcome, resolve, reject)));
}
