import { toast, unsay } from "../site/toast.ts";
import type { Trouble } from "./verdict.ts";

/** The notice when work begins to wait for something that a person can do. */
const TOLD: Partial<Record<Trouble, [text: string, does?: "Reload" | "Sign in"]>> = {
  "somebody-else": ["You are signed in as somebody else now; what you drew waits for you.", "Reload"],
  "signed-out": ["You are signed out; what you draw waits here.", "Sign in"],
  "too-large": [
    "A server between this browser and Easel refuses a change that large. Set it aside, and the rest is saved.",
  ],
  "view-only": ["You can only view this board now; what you drew waits here."],
};

/** @param url of the board */
export function links(url: string) {
  return { Reload: { href: url, text: "Reload" }, "Sign in": { href: `/?next=${url}`, text: "Sign in" } };
}

/** Says it once, when it begins. @param url of the board */
export function teller(url: string): (trouble: Trouble | null) => void {
  let told: Trouble | null = null;
  return (trouble) => {
    const [text, does] = (trouble !== told && trouble && TOLD[trouble]) || [];
    const before = trouble !== told && told && TOLD[told];
    if (before) unsay(before[0]);
    if (text) toast("error", text, does && links(url)[does]);
    told = trouble;
  };
}
