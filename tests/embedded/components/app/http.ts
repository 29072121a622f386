import { httpRouter } from "convex/server";
import { httpAction } from "./_generated/server.js";

const http = httpRouter();
http.route({
  pathPrefix: "/",
  method: "GET",
  handler: httpAction(async (_ctx, request) => new Response(`the app at ${new URL(request.url).pathname}`)),
});

export default http;
