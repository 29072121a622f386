"""tldraw-sync with SQLite. It is fetched from the npm registry and run only: nothing of it is in this repository."""
