"""Manuscripts of the tests: short, whole, and broken in one place at a time."""

from pathlib import Path

from casa.drafting.manuscript.asking import Asked
from casa.drafting.manuscript.checking import Ground
from casa.drafting.norms import NormTable

ROOT = Path(__file__).resolve().parents[2]
HEAD = """title = "Convenzione di prova"
object = "Provare che un testo diventa un documento."
kind = "model"
pillar = "sua"
phase = "award"
tags = ["prova"]
adopts = "convenzione"
version = {version}
changes = "Prima versione."
checked_on = 2026-11-25
to_check = ["Il termine per il ricorso."]
[fields.proroga]
label = "È prevista la proroga?"
type = "si_no"
example = true
[fields.giorni]
label = "Quanti giorni dura?"
type = "numero"
example = 30
"""
BODY = """> {{ ente }}
# CONVENZIONE DI PROVA
Tra {{ ente }} e la Provincia, secondo l'art. 30 del d.lgs. 18 agosto 2000, n. 267, si stabilisce quanto segue.
## Premesse
1. Il Comune ha bisogno di un aiuto e lo chiede alla Provincia.
1. La Provincia è disposta a dare questo aiuto al Comune.
@centrato SI CONVIENE
1. Le parti si impegnano a fare quello che segue.
## Parti e oggetto
### Oggetto
1. La Provincia svolge per il Comune questi compiti:
a) prepara gli atti;
a) pubblica gli avvisi.
1. Il Comune resta responsabile del **contratto**.
{% se proroga %}
{# motivo: le parti vogliono poter prorogare #}
### Proroga
1. La convenzione si può prorogare di {{ giorni|numero }} giorni.
{% fine se %}
### Durata
1. La convenzione dura fino alla fine del progetto, e comunque *non oltre* l'anno.
a) La data di fine è scritta negli atti.
| Voce | Importo |
|---|---:|
| Quota fissa | 100 |
| Quota variabile | 50 |
### Spese
1. Le spese sono divise a metà tra le parti.
- quelle di gara;
- quelle di pubblicazione.
Letto e firmato.
@firma Il Sindaco
@firma {{ ente }}
"""
SHARED = {"ente": Asked("ente", "Quale ente?", "testo", "Comune di Prova")}


def text(*, body: str = BODY, head: str = HEAD, version: int = 1) -> str:
    """A whole manuscript."""
    return f"+++\n{head.replace('{version}', str(version))}+++\n{body}"


def changed(old: str, new: str, **parts: str) -> str:
    """The manuscript with some of its words changed; the words must be there."""
    whole = text(**parts)
    assert old in whole
    return whole.replace(old, new, 1)


def line_of(whole: str, words: str) -> int:
    """The line, from 1, on which these words stand."""
    return next(at for at, line in enumerate(whole.split("\n"), 1) if words in line)


def ground() -> Ground:
    """One shared field, the house's norms, one pillar."""
    table = NormTable.from_toml(ROOT / "data" / "norms.toml")
    return Ground(SHARED, table, frozenset({"sua"}))
