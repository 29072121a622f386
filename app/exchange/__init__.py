"""Boards as files: what people take with them, and what they bring. docs/files.md describes every form."""
