"""Everything that talks to Convex: the client of the deployment, and the app's calls."""
