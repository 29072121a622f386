export default { providers: JSON.parse(process.env.AUTH_PROVIDERS!) };
