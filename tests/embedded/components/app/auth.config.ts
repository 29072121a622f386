const providers = process.env.AUTH_PROVIDERS!;

export default { providers: JSON.parse(providers) };
