// Does what the steps of a mutation say.
import { type GenericMutationCtx, makeFunctionReference } from "convex/server";
import { ConvexError, type Value } from "convex/values";
import { type Done, type Expression, type Fields, kindOf, type Step, type Target } from "../steps.ts";
import { type Document, read, rows } from "./reading.ts";

type Ctx = GenericMutationCtx<any>;
const part = makeFunctionReference<"mutation">("steps:part");
const later = makeFunctionReference<"mutation">("steps:later");

export async function play(ctx: Ctx, steps: Step[]): Promise<Done[]> {
  const done: Done[] = [];
  for (const step of steps) done.push(await doStep(ctx, step));
  return done;
}

async function doStep(ctx: Ctx, step: Step): Promise<Done> {
  const { db } = ctx;
  switch (step.do) {
    case "insert": {
      const id = await db.insert(step.table, (await evaluate(ctx, step.fields, null)) as never);
      return [id, (await db.get(id))!._creationTime];
    }
    case "patch":
    case "replace": {
      const id = await find(ctx, step.target);
      if (id === null) return null;
      const fields: any = await evaluate(ctx, step.fields, await db.get(id as never));
      await (db[step.do] as any)(...step.table, id, fields);
      return (await db.get(id as never)) as Value;
    }
    case "delete": {
      const id = await find(ctx, step.target);
      if (id !== null) await db.delete(id as never);
      return id;
    }
    case "read":
      return await read(db, step.read);
    case "page": {
      const page = await rows(db, step.read).paginate({ numItems: step.size, cursor: null });
      return { page: page.page, isDone: page.isDone };
    }
    case "get":
      return (await db.get(step.id as never)) as Value;
    case "normalize":
      return db.normalizeId(step.table, step.id);
    case "part":
      try {
        return { done: await ctx.runMutation(part, { steps: step.steps }) };
      } catch (error) {
        if (!step.catches) throw error;
        return { caught: error instanceof ConvexError ? error.data : kindOf((error as Error).message) };
      }
    case "fail":
      throw new ConvexError(step.data);
    case "schedule":
      return await ctx.scheduler.runAfter(step.delay, later, { op: step.op, steps: step.steps });
    case "cancel":
      await ctx.scheduler.cancel(step.job as never);
      return null;
  }
}

async function find({ db }: Ctx, target: Target): Promise<Value> {
  if ("id" in target) return target.id;
  const found = await read(db, target.read);
  return found.length === 0 ? null : found[target.nth % found.length]!._id!;
}

async function evaluate(ctx: Ctx, fields: Fields, current: Document | null): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, expression] of Object.entries(fields)) values[name] = await evaluated(ctx, expression, current);
  return values;
}

async function evaluated(ctx: Ctx, expression: Expression, current: Document | null): Promise<unknown> {
  switch (expression.is) {
    case "value":
      return expression.value[0];
    case "idOf":
      return await find(ctx, expression.target);
    case "count":
      return (await read(ctx.db, expression.read)).length;
    case "commitTs":
      return ctx.db.vars.commitTs;
    case "next": {
      const before = current?.[expression.field];
      return typeof before === "number" ? before + 1 : 0;
    }
  }
}
