/** The trusted issuers: one variable, always set, which `make run` and `make push` write from the settings. */
export default { providers: JSON.parse(process.env.AUTH_PROVIDERS!) };
