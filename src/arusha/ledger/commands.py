"""Commands of the ledger, for the command line to mount as ``arusha ledger``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from arusha.language.terminal import Lang, Refused, chosen
from arusha.language.told import error as error_of

LedgerPath = Annotated[Path, typer.Argument(help="The ledger: its folder or SQLite file.")]
Keys = Annotated[
    list[str] | None, typer.Option("--key", help="Public key of the ledger or a witness, or a file of them; repeat.")
]

app = typer.Typer(
    name="ledger",
    help="The tamper-evident record of what was done.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def verify(
    ledger: LedgerPath,
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint that you or a witness hold; may be repeated.")
    ] = None,
    key: Keys = None,
    lang: Lang = "en",
) -> None:
    """Read the whole ledger, and hold it against checkpoints from outside."""
    from arusha.language import Catalogue
    from arusha.ledger.verification import verify as check

    chosen.set(lang)
    result = check(ledger, checkpoint or [], key or [])
    typer.echo(result.text(None if lang == "en" else Catalogue(lang, isolate=False)))
    if not result.ok:
        raise typer.Exit(3)


@app.command()
def checkpoint(
    ledger: LedgerPath,
    key_file: Annotated[Path, typer.Option(help="Private key of the ledger; made once where it does not exist.")],
    out: Annotated[Path, typer.Option(help="Folder for what the witnesses are handed.")],
    since: Annotated[int, typer.Option(help="How many entries the witness signed last: the proof begins there.")] = 0,
    qr: Annotated[bool, typer.Option(help="Draw the QR code too.")] = True,
    lang: Refused = "en",
) -> None:
    """Read all entries again, sign a checkpoint, and write what witnesses are handed: file, proof, page and QR code."""
    from arusha.ledger.handover import hand_over
    from arusha.ledger.keys import WARNING, make_key
    from arusha.ledger.log import Ledger
    from arusha.ledger.problems import LedgerError

    chosen.set(lang)
    opened = Ledger.open(ledger)
    if ledger.is_dir() and key_file.resolve().is_relative_to(ledger.resolve()):
        raise error_of(LedgerError, "led-key-inside", "led-file-elsewhere", where=str(key_file))
    made = make_key(key_file, opened.origin)
    signed = opened.checkpoint(made.signer)
    for path in hand_over(out, opened.prove_growth(since, signed), [made.signer.key], qr=qr):
        typer.echo(str(path))
    if made.made:
        typer.echo(f"Public key, to hand out now: {made.signer.key}")
        typer.echo(f"The private key is new: {made.path}. {WARNING}", err=True)


@app.command()
def prove(
    ledger: LedgerPath,
    checkpoint: Annotated[Path, typer.Option(help="The checkpoint to prove against.")],
    entry: Annotated[
        int | None, typer.Option(help="Number of an entry (from 0): prove that it is in the ledger.")
    ] = None,
    since: Annotated[
        int | None, typer.Option(help="A number of entries: prove that they still begin the ledger.")
    ] = None,
    lang: Refused = "en",
) -> None:
    """Print a proof: that an entry is in the ledger of a checkpoint, or that the ledger only grew since."""
    from arusha.ledger.checkpoint import Checkpoint
    from arusha.ledger.log import Ledger
    from arusha.ledger.problems import LedgerError

    chosen.set(lang)
    if (entry is None) == (since is None):
        raise error_of(LedgerError, "led-what-to-prove", "led-entry-or-since")
    opened, of = Ledger.open(ledger), Checkpoint.read(checkpoint)
    proof = opened.prove_growth(since, of) if since is not None else opened.prove_entry(entry or 0, of)
    typer.echo(str(proof), nl=False)


@app.command()
def show(
    ledger: LedgerPath,
    start: Annotated[int, typer.Option(help="Number of the first entry, counted from 0.")] = 0,
    limit: Annotated[int, typer.Option(help="How many entries at most.")] = 100,
    lang: Refused = "en",
) -> None:
    """Print entries: number, time, kind, actor, subjects, and the names of parts whose commitments they hold."""
    from arusha.ledger.log import Ledger

    chosen.set(lang)
    opened = Ledger.open(ledger)
    typer.echo(f"Ledger {opened.origin}: {len(opened):,} entries")
    for recorded in opened.entries(max(start, 0), max(start, 0) + limit):
        entry = recorded.entry
        parts = f" [{', '.join(entry.parts)}]" if entry.parts else ""
        typer.echo(f"{recorded.number:>8} {entry.time} {entry.kind} {entry.actor} {' '.join(entry.subjects)}{parts}")


@app.command()
def witness(
    proof: Annotated[Path, typer.Argument(help="The .growth file that was handed over.")],
    key_file: Annotated[Path, typer.Option(help="The witness's private key; made once where it does not exist.")],
    name: Annotated[str, typer.Option(help="The witness's name, such as union.example/witness.")],
    key: Annotated[list[str], typer.Option("--key", help="Public key of the ledger, or a file of it.")],
    held: Annotated[Path, typer.Option(help="File that remembers the checkpoint you signed last.")],
    lang: Refused = "en",
) -> None:
    """As a witness: check that the ledger only grew since you signed last, sign, and remember."""
    from arusha.ledger.checkpoint import Checkpoint, ConsistencyProof
    from arusha.ledger.keys import WARNING, make_key, read_public_keys
    from arusha.ledger.problems import LedgerError
    from arusha.ledger.witnessing import witness as sign

    chosen.set(lang)
    try:
        handed = ConsistencyProof.parse(proof.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise error_of(LedgerError, "led-proof-unread", "", where=str(proof), why=str(problem)) from problem
    before = Checkpoint.read(held) if held.exists() else None
    made = make_key(key_file, name, witness=True)
    result = sign(handed, held=before, log_keys=read_public_keys(*key), signer=made.signer)
    temporary = held.with_name(held.name + ".new")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(str(result.checkpoint))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(held)
    if result.first_time:
        typer.echo("Signed for the first time: there was nothing to compare with.")
    else:
        typer.echo(f"The ledger only grew since {before.size if before else 0:,} entries. Signed.")
    typer.echo(f"Give a copy of {held} back to the ledger, and compare it with what the other witnesses hold.")
    if made.made:
        typer.echo(f"Public key, to hand out now: {made.signer.key}")
        typer.echo(f"The private key is new: {made.path}. {WARNING}", err=True)
