"""Reforms of Examplia with known effects: monthly panels of customs posts over three years, and what is true of them.

The generated year is too short to judge a reform in, so that each reform has records of its own: 36 posts under the
eight offices, 36 months to the end of 2025. In each post a few officers close the controls of a few brokers without an
act (a tie); other controls are closed so now and then, as everywhere. A reform cuts ties, leaves them, or turns them
elsewhere. Counts are drawn from what the ties do, and the true effect is the difference that the reform makes to the
expected rates, ties and months being the same: it is known, not estimated. Nothing here knows how effects are judged.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from arusha.errors import ArushaError

Kind = Literal["works", "nothing", "displaces"]
Elsewhere = Literal["lane", "office", "procedure", "officer"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KINDS: Final[tuple[Kind, ...]] = ("works", "nothing", "displaces")
ELSEWHERE: Final[tuple[Elsewhere, ...]] = ("lane", "office", "procedure", "officer")
MEASURES: Final = ("rotation", "second-signature", "code-of-conduct")
"""What a reform is called says nothing of what it does: the seed deals that out."""
MONTHS: Final = 36
BEGINS: Final = 18
"""Month of the first start; some posts of a reform begin three months later."""
FIRST_YEAR: Final = 2023
TREATED, NEAR = 12, 4
POSTS: Final = {"PTH": 8, "APH": 6, "MAR": 6, "NGT": 5, "EBR": 4, "SMA": 3, "SFE": 2, "WCR": 2}
COLUMNS: Final[dict[str, tuple[float, Elsewhere | None]]] = {
    "closed_without_act": (0.015, None),
    "rerouted_to_green": (0.020, "lane"),
    "simplified_procedure": (0.030, "procedure"),
    "closed_by_others": (0.010, "officer"),
}
"""Share of the controls without any tie, and where a tie of the post can be turned to."""
MAIN: Final = "closed_without_act"
_NEVER: Final = 10**6


@dataclass(frozen=True)
class TrueEffect:
    """What a reform does: mean difference of expected rates over the months of treated posts from their start."""

    column: str
    """A column of the panel, or "near" for ``closed_without_act`` in the near posts from the first start."""
    effect: float


@dataclass(frozen=True)
class Reform:
    """A reform's records and its truth.

    ``counts``: columns of ``COLUMNS``, each posts x months; ``controls`` is what they are out of. ``starts``: first
    month of each post under the reform, or None.
    """

    measure: str
    kind: Kind
    elsewhere: Elsewhere | None
    seed: int
    posts: tuple[str, ...]
    months: tuple[str, ...]
    starts: tuple[str | None, ...]
    near: tuple[str, ...]
    """Posts that the brokers of treated posts can reach."""
    controls: Ints
    counts: dict[str, Ints]
    truth: tuple[TrueEffect, ...]


@dataclass(frozen=True)
class _Ties:
    """Ties of all posts: ``share`` of the post's controls, ``closes`` how many of these are closed without an act."""

    post: Ints
    share: Floats
    closes: Floats
    lives: NDArray[np.bool_]
    """ties x months: ties begin and end of themselves."""


def _months() -> tuple[str, ...]:
    return tuple(f"{FIRST_YEAR + m // 12}-{m % 12 + 1:02d}" for m in range(MONTHS))


def _remembering(random: np.random.Generator, shape: tuple[int, ...], spread: float, memory: float = 0.5) -> Floats:
    """Log factors that remember, of standard deviation ``spread``."""
    x = random.normal(size=(*shape[:-1], shape[-1] + 12))
    for t in range(1, x.shape[-1]):
        x[..., t] = memory * x[..., t - 1] + np.sqrt(1 - memory**2) * x[..., t]
    return np.asarray(spread * x[..., 12:])


def _draw_ties(random: np.random.Generator, posts: int) -> _Ties:
    number = random.integers(3, 7, posts)
    post = np.repeat(np.arange(posts), number)
    lives = np.ones((post.size, MONTHS), dtype=bool)
    lives[:, 0] = random.random(post.size) < 0.8
    for t in range(1, MONTHS):
        turn = random.random(post.size) < np.where(lives[:, t - 1], 0.02, 0.08)
        lives[:, t] = lives[:, t - 1] ^ turn
    return _Ties(
        post.astype(np.int64), random.uniform(0.01, 0.035, post.size), random.uniform(0.5, 0.85, post.size), lives
    )


def _expected(
    controls: Floats, base: dict[str, Floats], ties: _Ties, touched: NDArray[np.bool_], to: Elsewhere | None, near: Ints
) -> tuple[Floats, dict[str, Floats]]:
    """Expected controls and counts where ``touched`` (ties x months) says which ties the reform has cut or turned."""
    n = np.zeros((ties.post.size, MONTHS))
    n[:] = ties.share[:, None] * controls[ties.post] * ties.lives
    closed = n * ties.closes[:, None]
    where = controls.copy()
    counts = {}
    moved = n * touched if to == "office" else np.zeros_like(n)
    np.subtract.at(where, ties.post, moved)
    for k, post in enumerate(near):
        where[post] += moved[k :: near.size].sum(axis=0)
    for column, (_, takes) in COLUMNS.items():
        extra = np.zeros_like(controls)
        if column == MAIN:
            np.add.at(extra, ties.post, closed * ~touched)
            if to == "office":
                for k, post in enumerate(near):
                    extra[post] += (closed * touched)[k :: near.size].sum(axis=0)
        elif takes is not None and takes == to:
            np.add.at(extra, ties.post, closed * touched)
        counts[column] = base[column] * where + extra
    return where, counts


def reform(
    seed: int,
    kind: Kind,
    *,
    measure: str = "rotation",
    elsewhere: Elsewhere | None = None,
    force: tuple[float, float] = (0.5, 0.9),
    bad_months: bool = False,
) -> Reform:
    """Three years of posts under one reform.

    Parameters
    ----------
    kind
        ``works`` cuts ties of treated posts, ``nothing`` cuts none, ``displaces`` turns them elsewhere.
    elsewhere
        Where ``displaces`` turns them; drawn from the seed where it is None.
    force
        The share of ties that is cut or turned is drawn between these.
    bad_months
        The posts with the worst last three months before the reform are treated, and not posts drawn by lot.

    Raises
    ------
    ArushaError
        For an unknown kind or place, or a seed below 0.
    """
    if kind not in KINDS or elsewhere not in (None, *ELSEWHERE) or seed < 0 or not 0 <= force[0] <= force[1] <= 1:
        raise ArushaError(
            "there is no such reform",
            where=f"{kind}, {elsewhere}, seed {seed}, force {force}",
            remedy=f"choose among {', '.join(KINDS)} and {', '.join(ELSEWHERE)}, a seed of 0 or more, shares as force",
        )
    random = np.random.default_rng([seed, zlib.crc32(f"reform {measure}".encode())])
    posts = tuple(f"{office}-{k}" for office, many in POSTS.items() for k in range(1, many + 1))
    size = np.clip(np.exp(random.normal(np.log(200), 0.5, len(posts))), 60, 600)
    season = 0.12 * np.sin(2 * np.pi * (np.arange(MONTHS) + random.integers(12)) / 12)
    busy = _remembering(random, (1, MONTHS), 0.08) + _remembering(random, (len(posts), MONTHS), 0.12)
    controls = size[:, None] * np.exp(season + busy)
    base = {
        column: share
        * np.exp(
            random.normal(0, 0.25, (len(posts), 1))
            + _remembering(random, (1, MONTHS), 0.15)
            + _remembering(random, (len(posts), MONTHS), 0.20)
        )
        for column, (share, _) in COLUMNS.items()
    }
    ties = _draw_ties(random, len(posts))
    order = random.permutation(len(posts))
    to = None if kind != "displaces" else elsewhere or ELSEWHERE[int(random.integers(len(ELSEWHERE)))]
    share = 0.0 if kind == "nothing" else float(random.uniform(*force))
    nothing = np.zeros_like(ties.lives)
    if bad_months:
        _, before = _expected(controls, base, ties, nothing, None, order[:0])
        seen = random.poisson(before[MAIN][:, BEGINS - 3 : BEGINS]).sum(axis=1)
        order = np.argsort(-seen / controls[:, BEGINS - 3 : BEGINS].sum(axis=1), kind="stable")
    treated, near = order[:TREATED], np.sort(order[TREATED : TREATED + NEAR])
    start = np.full(len(posts), _NEVER)
    start[treated] = BEGINS + 3 * (np.arange(TREATED) % 2)
    # A tie takes a month or two to end; where it is turned elsewhere nobody waits.
    lag = random.integers(0, 3, ties.post.size) if kind == "works" else np.zeros(ties.post.size, dtype=np.int64)
    cut = random.random(ties.post.size) < share
    touched = cut[:, None] & (np.arange(MONTHS) >= (start[ties.post] + lag)[:, None])
    without = _expected(controls, base, ties, nothing, None, near)
    with_it = _expected(controls, base, ties, touched, to, near)
    drawn = random.poisson(with_it[0])
    drawn = np.maximum(drawn, 1)
    counts = {c: random.binomial(drawn, np.clip(m / with_it[0], 0, 1)) for c, m in with_it[1].items()}
    months = _months()
    return Reform(
        measure=measure,
        kind=kind,
        elsewhere=to,
        seed=seed,
        posts=posts,
        months=months,
        starts=tuple(months[s] if s < MONTHS else None for s in start.tolist()),
        near=tuple(posts[k] for k in near),
        controls=drawn.astype(np.int64),
        counts={c: n.astype(np.int64) for c, n in counts.items()},
        truth=_truth(without, with_it, start, near),
    )


def _truth(
    without: tuple[Floats, dict[str, Floats]], with_it: tuple[Floats, dict[str, Floats]], start: Ints, near: Ints
) -> tuple[TrueEffect, ...]:
    after = np.arange(MONTHS) >= start[:, None]
    found = []
    for column in COLUMNS:
        change = with_it[1][column] / with_it[0] - without[1][column] / without[0]
        found.append(TrueEffect(column, float(change[after].mean())))
        if column == MAIN:
            there = float(change[near][:, BEGINS:].mean())
    return (*found, TrueEffect("near", there))


def reforms(seed: int) -> tuple[Reform, ...]:
    """One of each kind; which measure is which is drawn from the seed."""
    random = np.random.default_rng([seed, zlib.crc32(b"which reform")])
    dealt = random.permutation(len(KINDS))
    return tuple(reform(seed, KINDS[int(k)], measure=measure) for measure, k in zip(MEASURES, dealt, strict=True))
