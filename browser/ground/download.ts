import { element } from "./element.ts";

/** @param name of the file; "" leaves it to the server */
export function download(href: string, name: string) {
  const link = element("a");
  link.href = href;
  link.download = name;
  link.click();
}
