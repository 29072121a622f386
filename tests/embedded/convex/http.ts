import { httpRouter } from "convex/server";
import { internal } from "./_generated/api";
import { httpAction } from "./_generated/server";
import { overHttp } from "./plain";

const http = httpRouter();

http.route({
  path: "/echo",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    const body = await request.text();
    await ctx.runMutation(internal.work.write, { room: "http", body });
    const headers = new Headers({ "x-method": request.method, "content-type": "text/x-echo" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    return new Response(`${new URL(request.url).search} ${body}`, { status: 201, headers });
  }),
});

http.route({
  pathPrefix: "/under/",
  method: "GET",
  handler: httpAction(async (_ctx, request) => new Response(new URL(request.url).pathname)),
});

http.route({ path: "/name", method: "GET", handler: overHttp });

http.route({
  path: "/stream",
  method: "GET",
  handler: httpAction(async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const send = async (): Promise<void> => {
      for (const part of ["one ", "two ", "three"]) {
        await writer.write(new TextEncoder().encode(part));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await writer.close();
    };
    void send();
    return new Response(readable);
  }),
});

http.route({
  path: "/whoami",
  method: "GET",
  handler: httpAction(async (ctx) => Response.json((await ctx.auth.getUserIdentity())?.subject ?? null)),
});

http.route({
  pathPrefix: "/locked/",
  method: "GET",
  handler: httpAction(async () => {
    throw new Error("no key fits");
  }),
});

http.route({
  path: "/fails",
  method: "GET",
  handler: httpAction(async () => {
    throw new Error("http trouble");
  }),
});

const endless = { pulled: 0, canceled: false };
http.route({
  path: "/endless",
  method: "GET",
  handler: httpAction(async () => {
    const kilobytes64 = new Uint8Array(1 << 16);
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      endless.pulled += kilobytes64.length;
      controller.enqueue(kilobytes64);
    };
    return new Response(new ReadableStream({ pull, cancel: () => void (endless.canceled = true) }));
  }),
});
http.route({ path: "/pulled", method: "GET", handler: httpAction(async () => Response.json(endless)) });

export default http;
