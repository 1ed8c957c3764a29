"""What people read, in their language: sentences, numbers and dates, and the words that are never used."""

from __future__ import annotations

from arusha.language.banned import banned_words
from arusha.language.catalogues import Catalogue, languages

__all__ = ["Catalogue", "banned_words", "languages"]
