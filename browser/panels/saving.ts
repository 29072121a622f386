// Links that save a file which the server may refuse: a browser would only say that the download failed.
import { element } from "../ground/element.ts";
import { send } from "../site/auth.ts";
import { explained } from "../site/refusal.ts";

/** The browser reads a file that it saves after the click, so its address holds so long, in ms. */
const HELD = 60_000;

/** @param said says how it goes */
export function bindSaving(links: Iterable<HTMLAnchorElement>, said: HTMLElement) {
  for (const link of links)
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void saved(link, said);
    });
}

async function saved(link: HTMLAnchorElement, said: HTMLElement) {
  if (link.getAttribute("aria-disabled")) return;
  link.setAttribute("aria-disabled", "true");
  const title = link.textContent?.trim();
  said.textContent = `Making the ${title}…`;
  said.textContent = await made(link.href).catch(() => `The ${title} was not made: Easel could not be reached.`);
  link.removeAttribute("aria-disabled");
}

/** @returns what the person is told: nothing if it is saved */
async function made(href: string): Promise<string> {
  const answer = await send(href, { headers: { Accept: "application/json" } });
  if (!answer.ok) return why((await answer.json().catch(() => ({}))).error, answer.status);
  const save = element("a");
  save.href = URL.createObjectURL(await answer.blob());
  save.download = nameOf(answer.headers.get("Content-Disposition") ?? "");
  save.click();
  setTimeout(() => URL.revokeObjectURL(save.href), HELD);
  return "";
}

/** Without the name of the field, which is for programs. */
function why(error: { message?: string } | undefined, status: number) {
  const words = error?.message?.replace(/^[a-z]+: /, "");
  return words ? `${words[0].toUpperCase()}${words.slice(1)}` : explained(undefined, status);
}

function nameOf(disposition: string) {
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  return name ? decodeURIComponent(name) : "";
}
