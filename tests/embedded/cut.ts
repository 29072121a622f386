// A wire between a client and the deployment that can be cut, or let through in one direction only.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { after } from "node:test";

export class Cut {
  /** While false, what the deployment says is lost. */
  answers = true;
  connections = 0;
  readonly #sockets = new Set<Socket>();
  #heard: { text: string; resolve: () => void }[] = [];

  /** Resolves to the address that clients use. */
  async listen(url: string): Promise<string> {
    const target = new URL(url);
    const server = createServer((client) => {
      this.connections++;
      const deployment = connect(Number(target.port), target.hostname);
      for (const socket of [client, deployment]) {
        this.#sockets.add(socket);
        socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket));
      }
      client.on("data", (bytes) => deployment.write(bytes)).on("close", () => deployment.destroy());
      deployment
        .on("close", () => client.destroy())
        .on("data", (bytes) => {
          const text = bytes.toString("latin1");
          this.#heard = this.#heard.filter(({ text: wanted, resolve }) => !text.includes(wanted) || void resolve());
          if (this.answers) client.write(bytes);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    after(() => {
      this.cut();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Resolves when the deployment says this, whether it is let through or not. */
  said(text: string): Promise<void> {
    return new Promise((resolve) => this.#heard.push({ text, resolve }));
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
