"""Files as changes of a board, whatever they hold: what the worker does. Pure."""
