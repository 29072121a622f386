"""Boards as files, written in pieces while the event loop goes on."""
