"""The integrity profile: indicators put on a common scale, weighted and added up, with what that leaves uncertain.

Follows the ten steps of the OECD/JRC handbook on composite indicators (2008); the reference for its numbers is
the R package COINr.
No unit is ever put in an order: results are levels and changes with their intervals, next to their components.
"""

from __future__ import annotations
