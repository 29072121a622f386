"""Who is on a board, and what they do there at this moment. Nothing of it is kept."""

from app.hub.presence.people import Face
from app.hub.presence.presence import Presence

__all__ = ["Face", "Presence"]
