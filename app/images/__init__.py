"""Pictures that people put on boards: taken in, made harmless, kept, found again.

A picture is never trusted: it is decoded in a process of its own (`worker.py`), and what is kept is a new picture with
the same pixels.
"""
