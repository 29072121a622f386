"use node";
// What Node's console has beyond Convex's own.
import { actionGeneric } from "convex/server";

export const print = actionGeneric({
  args: {},
  handler: () => {
    console.count("times");
    console.count("times");
    console.group("group");
    console.groupEnd();
    console.table([[1]]);
    console.assert(false, "wrong");
    console.time("timer");
    console.timeLog("timer", 7);
    console.timeEnd("timer");
    console.timeLog("timer");
    console.trace("here");
  },
});
