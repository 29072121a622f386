import type { AuthConfig } from "convex/server";

export default { providers: JSON.parse(process.env.AUTH_PROVIDERS!) } satisfies AuthConfig;
