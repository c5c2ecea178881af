"""Medians, ranges, and ratios of values that were taken in the same rounds."""

import statistics


def median(values):
    return statistics.median(values)


def spread(values):
    return min(values), max(values)


def ratio(values, others):
    """The median of the rounds' ratios: what disturbed a whole round falls out."""
    pairs = [value / other for value, other in zip(values, others) if other]
    return statistics.median(pairs) if pairs else None
