"""The Convex function that searches everything written on a person's boards."""

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.list_records import Match, Written, WrittenPage


class Writings:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def search(self, viewer: Viewer, words: str) -> WrittenPage:
        """The person's boards on which these words are written, best first."""
        found = await answered(self.deployment.query, "writings:search", {"words": words}, viewer.token)
        boards = [
            Written(row["id"], row["title"], row["role"], [Match(**match) for match in row["matches"]])
            for row in found["boards"]
        ]
        return WrittenPage(boards, found["more"])
