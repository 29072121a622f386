"""How a board was before, and how people look back at it."""
