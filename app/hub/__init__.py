"""Live boards: one hub for each open board, with a bounded mailbox for each of its readers.

The deployment is passed in as a `Feed`. Nothing here depends on HTTP.
"""

from app.hub.access import Role
from app.hub.feed import Feed, Watch
from app.hub.hub import Hub
from app.hub.hubs import Hubs
from app.hub.mailbox import Format, Mailbox

__all__ = ["Feed", "Format", "Hub", "Hubs", "Mailbox", "Role", "Watch"]
