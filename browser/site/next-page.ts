// What the next page of this window says when it opens.
import { toast } from "./toast.ts";

const KEY = "easel:next";

export function sayThere(text: string) {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // A browser that keeps nothing says nothing.
  }
}

export function sayHere() {
  const text = sessionStorage.getItem(KEY);
  if (!text) return;
  sessionStorage.removeItem(KEY);
  toast("info", text);
}
