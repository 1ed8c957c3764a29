"""YAML that somebody else may have written: read as plain data, and never as more than the text holds.

A few lines of YAML can stand for billions of entries, each alias naming a list of aliases, or for one that holds
itself. What a file says is therefore counted before it is built.
"""

from __future__ import annotations

from typing import Any

import yaml

LARGEST = 1_000_000
"""Characters of a file. A mapping of a whole national system has some fifty thousand."""
MOST = 200_000
"""Entries of a file, those that aliases repeat counted each time."""


class YamlError(ValueError):
    """The text is not usable YAML; ``line`` is where, as a person counts, or None."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(problem)


def read_yaml(text: str, loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> Any:
    """What a YAML text says.

    Raises
    ------
    YamlError
        Not YAML, several documents, a tag that stands for a program's object, a value that cannot be (a 30th of
        February), an entry that holds itself, or more than ``MOST`` entries.
    """
    if len(text) > LARGEST:
        raise YamlError(f"it has {len(text)} characters; {LARGEST} are the most that is read")
    reader: yaml.SafeLoader | None = None
    try:
        reader = loader(text)
        node = reader.get_single_node()
        if node is None:
            return None
        size = _size(node, {}, set())
        if size > MOST:
            raise YamlError(f"it stands for {size} entries; {MOST} are the most that is read")
        return reader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        told = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise YamlError(str(told), mark.line + 1 if mark else None) from error
    except RecursionError as error:
        raise YamlError("its entries lie too deep in each other") from error
    except YamlError:
        raise
    except (ValueError, TypeError, OverflowError) as error:  # a value that the YAML library does not check
        raise YamlError(f"it holds a value that cannot be ({error})") from error
    finally:
        if reader is not None:
            reader.dispose()


def _size(node: yaml.Node, known: dict[int, int], above: set[int]) -> int:
    """Entries below a node, each alias counted as what it stands for."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) in above:
        raise YamlError("an entry holds itself", node.start_mark.line + 1)
    if id(node) not in known:
        children = [n for pair in node.value for n in (pair if isinstance(pair, tuple) else (pair,))]
        known[id(node)] = 1 + sum(_size(child, known, above | {id(node)}) for child in children)
    return known[id(node)]
