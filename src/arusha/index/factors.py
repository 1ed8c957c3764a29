"""The ten factors of the WCO's Revised Arusha Declaration (2003), under which every indicator of the profile stands."""

from __future__ import annotations

FACTORS = (
    "leadership",
    "regulation",
    "transparency",
    "automation",
    "reform",
    "audit",
    "conduct",
    "people",
    "morale",
    "private-sector",
)
"""In the order of the Declaration; their names in each language are in the catalogue as ``factor-<id>``."""
