"""The parts of the application, as handlers ask for them by name."""

from typing import Annotated

from fastapi import Depends

from app.auth import Issuer, Leases, Verifier
from app.convex.blame import Blame
from app.convex.cards import Cards
from app.convex.files import Files
from app.convex.guest_keys import GuestKeys
from app.convex.history import History
from app.convex.last_seen import LastSeen
from app.convex.selected import Selected
from app.convex.sessions import Sessions
from app.convex.sharing import Sharing
from app.convex.store import Store
from app.convex.takebacks import Takebacks
from app.convex.thumbnail_shelf import ThumbnailShelf
from app.convex.trash import Trash
from app.convex.versions import Versions
from app.convex.writings import Writings
from app.exchange.arrivals import Arrivals
from app.exchange.copies import Copies
from app.exchange.templates import Templates
from app.hub import Hubs
from app.images.decoder import Decoder
from app.parts import part
from app.pictures.covers import Covers
from app.pictures.painter import Painter
from app.pictures.printer import Printer
from app.pictures.thumbnails import Thumbnails
from app.readiness import Readiness
from app.settings import Settings
from app.signing_in.logins import Logins
from app.web.turns import Turns

SettingsDep = Annotated[Settings, Depends(part(Settings))]
IssuerDep = Annotated[Issuer, Depends(part(Issuer))]
VerifierDep = Annotated[Verifier, Depends(part(Verifier))]
StoreDep = Annotated[Store, Depends(part(Store))]
SharingDep = Annotated[Sharing, Depends(part(Sharing))]
HistoryDep = Annotated[History, Depends(part(History))]
TakebacksDep = Annotated[Takebacks, Depends(part(Takebacks))]
CardsDep = Annotated[Cards, Depends(part(Cards))]
SelectedDep = Annotated[Selected, Depends(part(Selected))]
CopiesDep = Annotated[Copies, Depends(part(Copies))]
TemplatesDep = Annotated[Templates, Depends(part(Templates))]
CoversDep = Annotated[Covers, Depends(part(Covers))]
TrashDep = Annotated[Trash, Depends(part(Trash))]
BlameDep = Annotated[Blame, Depends(part(Blame))]
VersionsDep = Annotated[Versions, Depends(part(Versions))]
LastSeenDep = Annotated[LastSeen, Depends(part(LastSeen))]
WritingsDep = Annotated[Writings, Depends(part(Writings))]
HubsDep = Annotated[Hubs, Depends(part(Hubs))]
SessionsDep = Annotated[Sessions, Depends(part(Sessions))]
GuestKeysDep = Annotated[GuestKeys, Depends(part(GuestKeys))]
LoginsDep = Annotated[Logins, Depends(part(Logins))]
FilesDep = Annotated[Files, Depends(part(Files))]
DecoderDep = Annotated[Decoder, Depends(part(Decoder))]
PainterDep = Annotated[Painter, Depends(part(Painter))]
PrinterDep = Annotated[Printer, Depends(part(Printer))]
ReadinessDep = Annotated[Readiness, Depends(part(Readiness))]
ThumbnailShelfDep = Annotated[ThumbnailShelf, Depends(part(ThumbnailShelf))]
ThumbnailsDep = Annotated[Thumbnails, Depends(part(Thumbnails))]
TurnsDep = Annotated[Turns, Depends(part(Turns))]
LeasesDep = Annotated[Leases, Depends(part(Leases))]
ArrivalsDep = Annotated[Arrivals, Depends(part(Arrivals))]
