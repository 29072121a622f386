// What `npx convex` is told about commands that do not work here.

const ADVICE: [RegExp, string][] = [
  [
    /^\/api\/(deploy2\/|push_config|v1\/)/,
    "This deployment reads the functions folder that it was started with, and loads each edit by itself: there is nothing to push.",
  ],
  [/^\/api\/run_test_function$/, "This deployment runs no inline queries: write the query into the functions folder."],
  [
    /^(\/api\/import|_system\/cli\/queryImport)/,
    "This deployment imports data only while it is stopped: node embedded/command/transfer.ts --import data.zip",
  ],
  [/^\/api\//, "The embedded deployment does not have this command: see embedded/README.md."],
];

/** A sentence for the path of a request or of one of the CLI's own functions; undefined for what is no command. */
export const adviceOn = (path: string): string | undefined => ADVICE.find(([paths]) => paths.test(path))?.[1];
