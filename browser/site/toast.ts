import { button, element } from "../ground/element.ts";

/** How long a toast stays, in ms. */
const STAY = { info: 4_000, error: 8_000 };

/** So long a person has for each character of a long one, in ms. */
const READING = 70;

/** How long one stays that offers to do something, in ms. */
const OFFERED = 60_000;

/** It is true no more. @param text as it was said */
export function unsay(text: string) {
  for (const said of document.querySelectorAll("#toasts > .toast"))
    if (said.textContent?.startsWith(text)) said.remove();
}

/**
 * Says something for a while. The same text is not said twice at once.
 * @param link a toast with one stays
 */
export function toast(
  kind: "info" | "error",
  text: string,
  link?: { href: string; text: string } | { run: () => void; text: string },
) {
  const toasts = document.querySelector("#toasts");
  if (!toasts || [...toasts.children].some((other) => other.textContent?.startsWith(text))) return;
  const message = element("p", "toast", text);
  message.dataset.kind = kind;
  if (link && "run" in link) {
    message.append(
      " ",
      button("", link.text, () => {
        message.remove();
        link.run();
      }),
    );
    setTimeout(() => message.remove(), OFFERED);
  } else if (link) {
    const anchor = element("a", "", link.text);
    anchor.href = link.href;
    message.append(" ", anchor);
  } else {
    setTimeout(() => message.remove(), Math.max(STAY[kind], READING * text.length));
  }
  toasts.append(message);
}

/** A toast that stays until it is removed. @param actions what its buttons do */
export function offer(text: string, actions: Record<string, () => void>) {
  const message = element("p", "toast offer", text);
  for (const [name, run] of Object.entries(actions)) message.append(" ", button("", name, run));
  document.querySelector("#toasts")?.append(message);
  return message;
}
