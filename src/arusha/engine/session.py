"""A session asks queries of one workspace, on the engine that the caller chose."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from arusha.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Set
    from types import TracebackType

    import pyarrow as pa

    from arusha.engine.compile import Compiled
    from arusha.engine.query import Query

T = TypeVar("T")


@dataclass(frozen=True)
class Texts:
    """What ran, as text: kept as evidence with the assessment."""

    query: str
    duckdb: str
    spark: str


class Session(ABC):
    """Queries against one workspace. Use as a context manager; one thread at a time (``interrupt`` excepted).

    Attributes
    ----------
    engine
        ``duckdb`` or ``spark``.
    schema
        Table -> column -> type in DuckDB's words, of the records and of what was shared.
    texts
        Both texts of every query that ran, in order, each query once.
    """

    engine: str

    def __init__(self, schema: Mapping[str, Mapping[str, str]], present: Mapping[str, Set[str]]) -> None:
        self.schema: dict[str, dict[str, str]] = {table: dict(columns) for table, columns in schema.items()}
        self.present: dict[str, set[str]] = {table: set(columns) for table, columns in present.items()}
        self.texts: list[Texts] = []
        self._shared: dict[str, str] = {}
        self._compiled: dict[Query, Compiled] = {}
        self._worker: ThreadPoolExecutor | None = None

    def has(self, table: str, *columns: str) -> bool:
        """Whether ``table`` exists and each of ``columns`` holds real data: neither absent nor a constant."""
        return table in self.schema and self.present.get(table, set()).issuperset(columns)

    def run(self, query: Query, *, codes: bool = False) -> pa.Table:
        """The result of ``query`` as an Arrow table of plain types (``arusha.engine.results.plain``).

        The order of rows is only what an ``ORDER BY`` in the last step says. ``codes``: text that the engine holds as
        codes stays a dictionary column, which spares writing it out for who will only number it.

        Raises
        ------
        QueryError
            Before anything runs: a construct that is not on the allow-list, or a column that the records lack.
        """
        compiled = self._ready(query)
        with self._naming(query):
            return self._awaited(lambda: self._run(compiled, codes))

    def columns_read(self, query: Query) -> dict[str, frozenset[str]]:
        """Table -> columns that ``query`` reads, of the records and of shared results."""
        return self.compiled(query).reads

    def compiled(self, query: Query) -> Compiled:
        """``query`` checked against the schema, with its text for each engine; nothing runs."""
        if query not in self._compiled:
            from arusha.engine.compile import compile_query, kinds_of

            self._compiled[query] = compile_query(query, kinds_of(self.schema))
        return self._compiled[query]

    def share(self, query: Query, name: str) -> None:
        """Compute ``query`` once in this session; later queries read it as the table ``name``."""
        text = query.text()
        if name in self._shared:
            if self._shared[name] == text:
                return
            raise QueryError(f"two queries want to be shared as {name}", where=query.name, remedy="Rename one of them.")
        if name in self.schema:
            raise QueryError(
                f"{name} is a table of the records", where=query.name, remedy="Share the result under another name."
            )
        compiled = self._ready(query)
        with self._naming(query):
            columns = self._awaited(lambda: self._share(compiled, name))
        # An enum in an order of its own stays one to the engine, so that later queries are the same text everywhere.
        codes = {column for column, kind in compiled.outputs.items() if kind.name == "CODE"}
        self.schema[name] = {c: "ENUM" if c.lower() in codes else kind for c, kind in columns.items()}
        self.present[name] = set(self.schema[name])
        self._shared[name] = text

    def _ready(self, query: Query) -> Compiled:
        compiled = self.compiled(query)
        kept = Texts(query.name, compiled.duckdb, compiled.spark)
        if kept not in self.texts:
            self.texts.append(kept)
        return compiled

    def _awaited(self, work: Callable[[], T]) -> T:
        """Run ``work`` so that Ctrl-C stops it: an engine holds the thread that it runs in, and would not hear it."""
        if threading.current_thread() is not threading.main_thread():
            return work()
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, thread_name_prefix="arusha-query")
        try:
            return self._worker.submit(work).result()
        except KeyboardInterrupt:
            self._stop()
            raise

    def _stop(self) -> None:
        """Return when the thread of the queries is free, stopping what runs in it."""
        if self._worker is None:
            return
        # It takes one thing after another: when this was its turn, what was before is over, begun or not by then.
        free = self._worker.submit(lambda: None)
        # Again and again: an interruption between two statements, or just before the first, stops neither.
        while not wait([free], timeout=0.1).done:
            self.interrupt()

    @contextmanager
    def _naming(self, query: Query) -> Iterator[None]:
        try:
            yield
        except QueryError as error:
            if error.where:
                raise
            raise QueryError(error.problem, where=f"query {query.name}", remedy=error.remedy) from error.__cause__

    @abstractmethod
    def _run(self, compiled: Compiled, codes: bool) -> pa.Table: ...

    @abstractmethod
    def _share(self, compiled: Compiled, name: str) -> dict[str, str]:
        """Materialise and return the column types in DuckDB's words."""

    @abstractmethod
    def interrupt(self) -> None:
        """Stop the query that runs, from another thread or a signal handler."""

    def progress(self) -> float | None:
        """The share of the running query that is done, for another thread to show; None where it is not known."""
        return None

    def close(self) -> None:
        """Free what the session holds; the records stay as they are."""
        if self._worker is not None:
            self._stop()
            self._worker.shutdown()
            self._worker = None
        self._close()

    @abstractmethod
    def _close(self) -> None: ...

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
