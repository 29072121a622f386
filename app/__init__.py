"""The web process of Easel."""

import sys

if sys.platform == "win32":
    sys.exit("Easel does not run on Windows itself: run it in WSL, the Windows Subsystem for Linux.")
