"""How large a shape is and where its lines run: the same in browser/kinds. Pure.

Both sides use only + - * / and square roots, which every machine rounds alike, and round halves up: so a page's draft
and the server's element are the same to the last digit (`tests/fixtures/shapes.json`).
"""
