"""Everything that talks to Convex: the client of the deployment, and what the app asks of it."""
