"""Work that could take too much time or memory, each piece in a process of its own under limits: see `Pool`."""
