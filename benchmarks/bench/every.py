"""Every case, in the order in which they run."""

from .cases import CASES as PLAIN
from .wider import WIDER

CASES = [*PLAIN, *WIDER]
