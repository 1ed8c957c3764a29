"""Text from elsewhere as a terminal may show it."""


def shown(text: str) -> str:
    """Signs that would steer the terminal are written out; lines and tabs stay."""
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in text)
