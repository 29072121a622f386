"""People without an account."""

import secrets

BIRDS = (
    "Avocet", "Bittern", "Bunting", "Curlew", "Dipper", "Dunlin", "Egret", "Gannet", "Godwit", "Grebe", "Heron",
    "Hoopoe", "Ibis", "Jay", "Kestrel", "Kingfisher", "Lapwing", "Linnet", "Merlin", "Nuthatch", "Oriole", "Osprey",
    "Pipit", "Plover", "Puffin", "Redstart", "Robin", "Siskin", "Starling", "Stork", "Swift", "Tern", "Wagtail", "Wren",
)  # fmt: skip


def new_subject() -> str:
    return secrets.token_hex(16)


def new_name() -> str:
    """A name for a visitor who has not given one yet."""
    return f"Guest {secrets.choice(BIRDS)}"
