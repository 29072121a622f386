"""Files from elsewhere as shapes of ours. Pure: runs in the worker, on files that may hold anything."""
