// The parts of the deployment that running functions need.
import type { Files } from "../files/files.ts";
import type { UploadTokens } from "../files/storage.ts";
import type { Catalog } from "../functions/catalog.ts";
import type { Environment, Site } from "../functions/environment.ts";
import type { Kind } from "../functions/listing.ts";
import type { Database } from "../store/database.ts";
import type { FunctionError } from "../value/errors.ts";
import type { ActionCall, MutationCall, QueryCall, WriteCall } from "./call.ts";
import type { Outcome } from "./result.ts";

export interface Host {
  readonly db: Database;
  readonly files: Files;
  readonly uploads: UploadTokens;
  readonly site: Site;
  /** Of the app: it knows those of the components. */
  readonly catalog: Catalog;
  readonly environment: Environment;
  /** Hides error texts and log lines from clients. */
  readonly production: boolean;
  /** Seconds that an action may take. */
  readonly actionTime: number;
  /** The timestamp of the newest snapshot that `npx convex export` made, or null. */
  readonly latestExport: bigint | null;
  query(call: QueryCall): void;
  mutate(call: MutationCall): void;
  act(call: ActionCall): void;
  /** Works while everything is on disk and no mutation runs. */
  still(work: () => void): Promise<void>;
  /** A transaction of the deployment's own, on the tables of the app or of the component with this path. */
  write(write: WriteCall["write"], done?: WriteCall["done"], component?: string): void;
  /** Ends the process with this message: it cannot go on. */
  end(message: string): void;
  /** A job was committed. */
  scheduled(): void;
  /** A function ended, after `ms`: `npx convex logs` shows it. */
  executed(kind: Kind | "httpAction", title: string, outcome: Outcome, logLines: readonly string[], ms: number): void;
  /** The outcome that clients get of an error: in production only its number and a ConvexError's data. */
  failure(error: Error | FunctionError, logs: string[]): Outcome & { ok: false };
}
