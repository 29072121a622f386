/* eslint-disable */
/**
 * Generated `ComponentApi` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type { FunctionReference } from "convex/server";

/**
 * A utility for referencing a Convex component's exposed API.
 *
 * Useful when expecting a parameter like `components.myComponent`.
 * Usage:
 * ```ts
 * async function myFunction(ctx: QueryCtx, component: ComponentApi) {
 *   return ctx.runQuery(component.someFile.someQuery, { ...args });
 * }
 * ```
 */
export type ComponentApi<Name extends string | undefined = string | undefined> =
  {
    books: {
      add: FunctionReference<
        "mutation",
        "internal",
        { title: string; about: string; vector?: Array<number> },
        string,
        Name
      >;
      addAndFail: FunctionReference<
        "mutation",
        "internal",
        { title: string; about: string; vector?: Array<number> },
        null,
        Name
      >;
      coverUrl: FunctionReference<
        "query",
        "internal",
        { id: string },
        string | null,
        Name
      >;
      find: FunctionReference<
        "query",
        "internal",
        { words: string },
        Array<string>,
        Name
      >;
      get: FunctionReference<
        "query",
        "internal",
        { id: string },
        string | null,
        Name
      >;
      history: FunctionReference<
        "query",
        "internal",
        {},
        { lines: Array<string>; written: number; lent: number },
        Name
      >;
      lend: FunctionReference<
        "mutation",
        "internal",
        { handle: string; topic: string; later: boolean },
        null,
        Name
      >;
      near: FunctionReference<
        "action",
        "internal",
        { vector: Array<number> },
        Array<string>,
        Name
      >;
      order: FunctionReference<
        "mutation",
        "internal",
        { title: string; about: string; vector?: Array<number> },
        string,
        Name
      >;
      orderState: FunctionReference<
        "query",
        "internal",
        { id: string },
        string | null,
        Name
      >;
      page: FunctionReference<"query", "internal", {}, any, Name>;
      photograph: FunctionReference<
        "action",
        "internal",
        { title: string; picture: string },
        string,
        Name
      >;
      surroundings: FunctionReference<"query", "internal", {}, any, Name>;
      titles: FunctionReference<"query", "internal", {}, Array<string>, Name>;
    };
  };
