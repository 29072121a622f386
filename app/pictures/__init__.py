"""Pictures of boards: what of a board they show, as SVG or, drawn in a process of its own, as PNG.

`Wanted` is what somebody asks for, `Excerpt` the shapes and the part of the board, `Painter` makes the pixels. What a
PDF needs is the same: an excerpt for each page.
"""
