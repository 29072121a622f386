// An error of an action, as text for the deployment's thread.

export function describe(error: any, how = "Uncaught"): string {
  if (typeof error !== "object" || error === null)
    return JSON.stringify({ message: `${how} ${String(error)}`, stack: "" });
  const data = error.ConvexErrorSymbol === undefined ? {} : { data: error.data };
  const said =
    error instanceof Error ? Error.prototype.toString.call(error) : `#<${error.constructor?.name ?? "Object"}>`;
  return JSON.stringify({ message: `${how} ${said}`, stack: String(error.stack ?? ""), ...data });
}
