"""Live boards: one hub for each that somebody has open, many bounded mailboxes on it.

It takes what it needs of the deployment as an argument (`Feed`), and knows nothing of HTTP.
"""

from app.hub.access import Role
from app.hub.feed import Feed, Watch
from app.hub.hub import Hub
from app.hub.hubs import Hubs
from app.hub.mailbox import Format, Mailbox

__all__ = ["Feed", "Format", "Hub", "Hubs", "Mailbox", "Role", "Watch"]
