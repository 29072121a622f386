// The client's messages in the sync protocol, and the versions that both sides count.

import type { Json } from "../value/json.ts";
import { encodeInt64 } from "../value/values.ts";

export interface Version {
  querySet: number;
  identity: number;
  ts: bigint;
}

export type ClientMessage =
  | { type: "Connect"; sessionId: string; connectionCount: number; maxObservedTimestamp?: string; clientTs?: number }
  | {
      type: "Authenticate";
      baseVersion: number;
      tokenType: "None" | "User" | "Admin";
      value?: string;
      impersonating?: Json;
      acting_as?: Json;
    }
  | { type: "ModifyQuerySet"; baseVersion: number; newVersion: number; modifications: Modification[] }
  | { type: "Mutation" | "Action"; requestId: number; udfPath: string; args: Json[] }
  | { type: "Event" };
export type Modification =
  | {
      type: "Add";
      queryId: number;
      udfPath: string;
      args: Json[];
      journal?: string | null;
      componentPath?: string | null;
    }
  | { type: "Remove"; queryId: number };

/** Raises SyntaxError for a malformed message. The caller handles unknown types. */
export function checkShape(message: ClientMessage): void {
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new SyntaxError(`malformed ${message.type} message: ${what}`);
  };
  const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  if (message.type === "Mutation" || message.type === "Action") {
    must(isNumber(message.requestId), "requestId must be a nonnegative integer");
    must(typeof message.udfPath === "string", "udfPath must be a string");
    must(Array.isArray(message.args), "args must be a list");
  } else if (message.type === "ModifyQuerySet") {
    must(isNumber(message.newVersion), "newVersion must be a nonnegative integer");
    must(Array.isArray(message.modifications), "modifications must be a list");
    for (const modification of message.modifications) {
      must(isNumber(modification?.queryId), "queryId must be a nonnegative integer");
      must(modification.type === "Remove" || modification.type === "Add", "a modification is Add or Remove");
      if (modification.type !== "Add") continue;
      must(typeof modification.udfPath === "string", "udfPath must be a string");
      must(Array.isArray(modification.args), "args must be a list");
      must(
        modification.journal == null || typeof modification.journal === "string",
        "journal must be a string or null",
      );
      must(
        modification.componentPath == null || typeof modification.componentPath === "string",
        "componentPath must be a string or null",
      );
    }
  }
}

export const encodeVersion = ({ querySet, identity, ts }: Version): string =>
  `{"querySet":${querySet},"identity":${identity},"ts":"${encodeInt64(ts)}"}`;

/** A function's one argument, which comes in a list or bare. The function's validator rejects anything but an object. */
export const onlyArgument = (args: Json): Json => (Array.isArray(args) && args.length === 1 ? args[0]! : args);
