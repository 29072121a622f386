// The deployment of a group of seeds, with all their tables. It can be killed, started again, and its disk made to pause.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { convexToJson, type Value } from "convex/values";
import { folder, type Running, start } from "../start.ts";
import type { Plan } from "./plans.ts";

const HERE = import.meta.dirname;
const PAUSING = { NODE_OPTIONS: `--import ${join(HERE, "../pausing_disk.ts")}` };

export class Home {
  url = "";
  /** Resolves when the deployment runs. */
  up: Promise<void> = Promise.resolve();
  readonly #functions = folder();
  readonly #concurrent: boolean;
  #running!: Running;

  constructor(plans: Plan[], concurrent: boolean) {
    this.#concurrent = concurrent;
    const define = JSON.stringify(join(HERE, "functions/define.ts"));
    const data = (value: unknown): string => `data(${JSON.stringify(convexToJson(value as Value))}) as any`;
    const head = `import { jsonToConvex as data } from ${JSON.stringify(join(HERE, "functions/values.ts"))};
import * as define from ${define};`;
    const echoes = plans.map(
      ({ seed, echo }) => `export const e${seed} = define.echo(${data(echo.argument)}, ${data(echo.result)});`,
    );
    const tables = plans.flatMap((plan) => plan.tables);
    writeFileSync(join(this.#functions, "schema.ts"), `${head}\nexport default define.schema(${data(tables)});`);
    writeFileSync(join(this.#functions, "echoes.ts"), [head, ...echoes].join("\n"));
    const steps = JSON.stringify(join(HERE, "functions/steps.ts"));
    writeFileSync(join(this.#functions, "steps.ts"), `export * from ${steps};`);
  }

  async start(): Promise<void> {
    const again = this.#running ? { data: this.#running.data, port: Number(new URL(this.url).port) } : {};
    const more = this.#concurrent ? ["--concurrent"] : [];
    this.#running = await start({ functions: this.#functions, processEnv: PAUSING, more, ...again });
    this.url = this.#running.url;
  }

  async again(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    this.up = this.end(signal).then(() => this.start());
    await this.up;
  }

  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    this.#running.process.kill(signal);
    await this.#running.ended;
    this.goOn();
  }

  pause(): void {
    writeFileSync(join(this.#running.data, "log.paused"), "");
  }

  goOn(): void {
    rmSync(join(this.#running.data, "log.paused"), { force: true });
  }

  said = (): string => this.#running.stderr();
}
