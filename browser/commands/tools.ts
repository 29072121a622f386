import { settings } from "../ground/settings.ts";
import { toolNames, toolOf } from "../kinds/declared.ts";
import type { Page } from "../page.ts";
import { toast } from "../site/toast.ts";
import type { Command } from "./command.ts";

export const tools: Command[] = [
  ...toolNames.map((name) => ({
    id: name,
    title: toolOf(name).title,
    keys: toolOf(name).keys,
    kind: "Tools",
    when: ({ hand }: Page) => hand.mayUse(name),
    run: ({ hand }: Page) => hand.tool(name),
  })),
  {
    id: "keep-tool",
    title: "Keep the tool in hand",
    kind: "Tools",
    keys: ["Q"],
    writes: true,
    checked: () => settings.keepTool,
    run: () => {
      settings.set({ keepTool: !settings.keepTool });
      toast("info", settings.keepTool ? "The tool stays in hand." : "After each shape, the select tool comes back.");
    },
  },
];
