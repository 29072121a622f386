// The ids that a seed's clients have seen. A plan names them by numbers: "#3" is a document, "#j0" the newest job.
import type { Step } from "./steps.ts";
import type { Operation } from "./story.ts";

export class Ids {
  readonly #documents: string[] = [];
  readonly #jobs: string[] = [];
  readonly #running = new Set<Operation>();

  learnFrom(operation: Operation): void {
    this.#running.add(operation);
  }

  /** Puts real ids where the plan has numbers. */
  real<T>(planned: T): T {
    for (const operation of this.#running) {
      const answer = operation.answers[0];
      if (answer) this.#running.delete(operation);
      if (answer?.ok) this.#collect((answer.value as any).done, operation.steps);
    }
    return this.#put(planned) as T;
  }

  #collect(done: any[], steps: Step[]): void {
    steps.forEach((step, i) => {
      if (step.do === "insert") this.#documents.push(done[i][0]);
      if (step.do === "schedule") this.#jobs.push(done[i]);
      if (step.do === "part" && done[i].done) this.#collect(done[i].done, step.steps);
    });
  }

  #put = (value: unknown): unknown => {
    if (typeof value === "string" && /^#j?\d/.test(value)) {
      const number = Number(/\d+/.exec(value)![0]);
      const known = this.#documents;
      return (value[1] === "j" ? this.#jobs.at(-1 - number) : known[number % known.length]) ?? "not an id";
    }
    if (Array.isArray(value)) return value.map(this.#put);
    if (typeof value !== "object" || value === null || value instanceof ArrayBuffer) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#put(inner)]));
  };
}
