import { httpRouter } from "convex/server";
import { api } from "./_generated/api.js";
import { env, httpAction } from "./_generated/server.js";

const http = httpRouter();
http.route({ path: "/label", method: "GET", handler: httpAction(async () => new Response(env.LABEL)) });
http.route({
  path: "/books",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    await ctx.runMutation(api.books.add, { title: await request.text(), about: "by post" });
    return Response.json(await ctx.runQuery(api.books.titles, {}), { status: 201 });
  }),
});
http.route({
  pathPrefix: "/in/",
  method: "GET",
  handler: httpAction(async (_ctx, request) => new Response(new URL(request.url).pathname)),
});

export default http;
