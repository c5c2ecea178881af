"""Scrapes of the metrics while a load runs."""

from .changes import Paced


class Scraping(Paced):
    """Reads the contestant's metrics as often as the variant says."""

    def __init__(self, contestant):
        super().__init__(contestant.variant.scrapes, lambda _: contestant.peer.scrape(contestant.setup))
