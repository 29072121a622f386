// What the clients of a seed will do. Ids are not known yet: ids.ts finds them later.

import { Draw } from "./draw.ts";
import { Random } from "./random.ts";
import { fitting, randomShape, type Shape } from "./shapes.ts";
import type { Operand, Question, Read, Step } from "./steps.ts";
import { randomTables, type Table } from "./tables.ts";

export type Action =
  | { act: "mutate"; op: string; steps: Step[]; by: "socket" | "http"; twice: boolean }
  | { act: "watch"; slot: number; question: Question }
  /** The page after the one in slot `from`, or the first; or one half of that page. */
  | { act: "page"; slot: number; read: Read; size: number; from: number | null; half: 0 | 1 | null }
  | { act: "unwatch"; slot: number }
  | { act: "ask"; question: Question }
  | { act: "echo"; value: Operand }
  | { act: "drop" | "repeat" | "settle" };

export interface Plan {
  seed: number;
  tables: Table[];
  echo: { argument: Shape; result: Shape };
  /** Of each client. */
  actions: Action[][];
}

const CLIENTS = 3;
const MOST_ACTIONS = 48;
const SLOTS = 6;

export function planOf(seed: number): Plan {
  const random = new Random(seed * 7919);
  const tables = randomTables(seed, random);
  const echo = { argument: randomShape(random), result: randomShape(random) };
  const draw = new Draw(random, tables, seed);
  const pages: { slot: number; read: Read }[][] = Array.from({ length: CLIENTS }, () => []);
  const action = (client: number): Action => {
    const slot = random.below(SLOTS);
    const paged = pages[client]!;
    switch (
      random.choose({ mutate: 50, watch: 16, page: 12, unwatch: 3, ask: 6, echo: 3, drop: 3, repeat: 3, settle: 25 })
    ) {
      case "mutate": {
        const by = random.chance(0.8) ? "socket" : "http";
        return { act: "mutate", op: draw.op(), steps: draw.steps(), by, twice: random.chance(0.05) };
      }
      case "watch":
        return { act: "watch", slot, question: draw.question() };
      case "page": {
        const before = paged.length > 0 && random.chance(0.6) ? random.pick(paged) : null;
        const read: Read = before?.read ?? { ...draw.read(), search: null, end: "collect" };
        const index = read.index === "search" ? null : read.index;
        const page = { slot, read: { ...read, index, range: index === null ? [] : read.range } };
        paged.push(page);
        const half = before && random.chance(0.4) ? random.pick([0, 1] as const) : null;
        return { act: "page", ...page, size: 1 + random.below(4), from: before?.slot ?? null, half };
      }
      case "unwatch":
        return { act: "unwatch", slot };
      case "ask":
        return { act: "ask", question: draw.question() };
      case "echo": {
        const value = random.chance(0.6) ? fitting(echo.argument, random) : random.value();
        return { act: "echo", value: random.chance(0.9) ? [value] : [] };
      }
      case "drop":
        return { act: "drop" };
      case "repeat":
        return { act: "repeat" };
      default:
        return { act: "settle" };
    }
  };
  const actions = pages.map((_, client) => Array.from({ length: random.below(MOST_ACTIONS) }, () => action(client)));
  return { seed, tables, echo, actions };
}
