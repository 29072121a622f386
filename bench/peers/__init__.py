"""Other whiteboards, to measure beside Easel."""
