"""`python -m bench signatures`: 10,000 damaged envelopes, and openssl beside us on whole ones.

A false "intact" is a signature called intact around a content that is not the one signed.
"""

import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import cast

from bench.measure import surroundings
from casa.drafting import signatures
from tests.drafting.test_signatures_files import CONTENT, OPENED

MUTATIONS = 10_000
SEED = 20261125
REAL = Path(__file__).parents[2] / "shared" / "data" / "p7m"


def run(_size: int) -> str:
    """Measure, and tell it in Markdown."""
    kinds = cast("Mapping[str, tuple[Callable[[], bytes], list[str]]]", OPENED)
    whole = {name: written() for name, (written, _) in kinds.items()}
    honest = [data for name, data in whole.items() if "altered" not in kinds[name][1]]
    outcomes, false, seconds = damaged(honest, MUTATIONS)
    counted = ", ".join(f"{count} {name}" for name, count in sorted(outcomes.items()))
    told = (
        f"{MUTATIONS} seeded mutations of {len(honest)} kinds of envelope (1 to 3 bits each; a "
        f"file counts by its worst signer): {counted}. **False «intact»: {false}.** "
        f"{seconds / MUTATIONS * 1000:.1f} ms each."
    )
    parts = ["# Signatures", surroundings(), told, beside(whole)]
    if REAL.exists():
        files = {path.name: path.read_bytes() for path in sorted(REAL.iterdir())}
        parts += ["## Real files", beside(files)]
    return "\n\n".join(parts) + "\n"


def damaged(whole: list[bytes], count: int) -> tuple[Counter[str], int, float]:
    """What became of damaged copies, how many passed for whole, and the seconds it took."""
    chance, outcomes, false = random.Random(SEED), Counter[str](), 0
    began = time.perf_counter()
    for number in range(count):
        data = bytearray(whole[number % len(whole)])
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            envelope = signatures.unwrap(bytes(data))
        except signatures.BadEnvelope:
            outcomes["refused"] += 1
            continue
        said = {signer.integrity for signer in envelope.signers}
        false += "intact" in said and envelope.content != CONTENT
        outcomes[
            next(word for word in ("altered", "unverified", "intact", "") if word in {*said, ""})
        ] += 1
    return outcomes, false, time.perf_counter() - began


def beside(files: Mapping[str, bytes]) -> str:
    """A table: what we say of each file, and what openssl says; milliseconds of each."""
    rows = ["| file | Casa | ms | openssl cms | ms |", "|---|---|---:|---|---:|"]
    for name, data in files.items():
        ours, our_time = _timed(partial(_ours, data))
        theirs, their_time = _timed(partial(_openssl, data))
        rows.append(f"| {name} | {ours} | {our_time:.1f} | {theirs} | {their_time:.1f} |")
    return "\n".join(rows)


def _timed(ask: Callable[[], str]) -> tuple[str, float]:
    began = time.perf_counter()
    return ask(), (time.perf_counter() - began) * 1000


def _ours(data: bytes) -> str:
    try:
        envelope = signatures.unwrap(data)
    except signatures.BadEnvelope as reason:
        return str(reason)
    return ", ".join(signer.integrity for signer in envelope.signers)


def _openssl(data: bytes) -> str:
    """Each form that openssl knows is tried; it opens one envelope and names nobody."""
    if shutil.which("openssl") is None:
        return "not installed"
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        if any(_verified(file.name, form) for form in ("DER", "PEM", "SMIME")):
            return "verified"
    return "failed"


def _verified(path: str, form: str) -> bool:
    program = ["openssl", "cms", "-verify", "-noverify", "-binary", "-inform", form, "-in", path]
    return subprocess.run(program, capture_output=True, check=False, timeout=30).returncode == 0
