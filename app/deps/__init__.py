"""What handlers ask for by name.

These call each other as plain functions: FastAPI walks through a dependency's own dependencies each time that it is
named, also when it has its value already (*measured*: 1 ms of a change's 2 went there). The busiest routes, changes and
presence, are Starlette's own and call them too.
"""
