/** Whom this deployment believes: one variable, always set, written by `make run` and `make push` from the settings. */
export default { providers: JSON.parse(process.env.AUTH_PROVIDERS!) };
