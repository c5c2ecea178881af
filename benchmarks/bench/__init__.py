"""Side-by-side runs: Laneway and its neighbours, one after the other, doing the same work on one core.

Read in this order: `cases` (what is asked), `table` (the lanes that every proxy routes by), `peers` (how each proxy is
configured to do the same), `upstream`, `load` (who asks), `rounds` (interleaving and what is measured), `report`.
"""
