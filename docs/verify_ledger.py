"""Holds a ledger against checkpoints, with Python 3.8 or newer: python3 verify_ledger.py LEDGER KEY CHECKPOINT ...
LEDGER is its folder or SQLite file, KEY the ledger's public key (name+id+base64), CHECKPOINT a file that you hold.
"""

import sqlite3
import sys
from base64 import b64decode
from hashlib import sha256, sha512
from pathlib import Path

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519 (RFC 8032): its field and its group
D = -121665 * pow(121666, -1, P) % P


def point(data):
    y, odd = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    return (x if x & 1 == odd else P - x), y


def add(a, b):
    t = D * a[0] * b[0] * a[1] * b[1]
    return (a[0] * b[1] + b[0] * a[1]) * pow(1 + t, -1, P) % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, P) % P


def times(number, a):
    return add(times(number // 2, add(a, a)), a if number & 1 else (0, 1)) if number else (0, 1)


def signed(public, text, signature):
    s, (x, y) = int.from_bytes(signature[32:], "little"), point(public)
    challenge = int.from_bytes(sha512(signature[:32] + public + text).digest(), "little") % Q
    x, y = add(times(s, point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))), times(challenge, (P - x, y)))
    return s < Q and (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


ledger, (name, _, key), fine = Path(sys.argv[1]), sys.argv[2].split("+", 2), []
notes = {file: Path(file).read_text("utf-8") for file in sys.argv[3:]}
roots, peaks = {**{int(note.split("\n")[1]): None for note in notes.values()}, 0: sha256().digest()}, []
db = None if ledger.is_dir() else sqlite3.connect(ledger).execute("SELECT line FROM entries ORDER BY number")
for number, row in enumerate(db or (ledger / "entries.jsonl").open("rb")):  # RFC 6962, section 2.1
    node, rest = sha256(b"\0" + (row[0] if db else row.rstrip(b"\n"))).digest(), number
    while rest & 1:
        node, rest = sha256(b"\1" + peaks.pop() + node).digest(), rest >> 1
    peaks.append(node)
    for peak in reversed(peaks[:-1] if number + 1 in roots else []):
        node = sha256(b"\1" + peak + node).digest()
    roots.update({number + 1: node} if number + 1 in roots else {})
for file, note in notes.items():
    text, _, lines = note.rpartition("\n\n")
    origin, size, root = text.split("\n")[:3]
    ours = [b64decode(line.split(" ")[2])[4:] for line in lines.split("\n") if line.startswith(f"— {name} ")]
    good = origin == name and any(signed(b64decode(key)[1:], (text + "\n").encode(), one) for one in ours)
    fine += [good, roots[int(size)] == b64decode(root)]
    says = ["" if right else "DO NOT " for right in fine[-2:]]
    print(f"{file}: the ledger's signatures {says[0]}hold; its first {size} entries {says[1]}agree")
print("Not proved: that entries are true, that nothing was left out, and what came before the first checkpoint.")
sys.exit(0 if fine and all(fine) else 3)
