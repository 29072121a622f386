// What `npx convex` is told about commands that do not work here.

const ADVICE: [RegExp, string][] = [
  [
    /^\/api\/(deploy2\/|push_config|v1\/)/,
    "This deployment reads the functions folder that it was started with, and loads each edit by itself: there is nothing to push.",
  ],
  [/^\/api\//, "The embedded deployment does not have this command: see embedded/README.md."],
];

/** A sentence for the path of a request or of one of the CLI's own functions; undefined for what is no command. */
export const adviceOn = (path: string): string | undefined => ADVICE.find(([paths]) => paths.test(path))?.[1];
