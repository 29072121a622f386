"""Excalidraw's files as shapes of ours. Pure: runs in the worker, on files that may hold anything."""
