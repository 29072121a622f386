"""The limits of a connection, in bytes and seconds."""

import os

MAX_URL = 8 * 1024  # bytes
MAX_HEAD = 32 * 1024  # bytes: request line and headers, and whatever a chunked body has around its chunks
MAX_HEADERS = 100
MAX_SURPLUS = 256 * 1024  # bytes of a body after its answer, or of anything after a refusal: no more is read

HASTE = float(os.environ.get("EASEL_HASTE", 1))  # tests wait a part of these two
HEAD_SECONDS = 10.0 / HASTE  # from a head's first byte, or the connection, to the head's end
BODY_SECONDS = 20.0 / HASTE  # for a body, and 1 s more for each BODY_RATE bytes that came
BODY_RATE = 1024
UNTAKEN_SECONDS = 60.0  # that a client may leave what it was sent untaken
LINGER_SECONDS = 5.0  # from the last word to the end of the connection

PIECE = 1024  # bytes parsed at a time in a head: no more than 60 requests, or 350 headers
BODY_PIECE = 4 * 1024
TURN = 16 * 1024  # bytes parsed before the event loop has its turn
ACCEPTED = 16  # new connections in one turn of the event loop
EACH_TURN = 4  # pieces of one address, by all its connections, that are parsed in one turn of the event loop
