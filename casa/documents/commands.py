"""`casa inspect`, `compare`, `merge`, `clean`, `fill`, `fields`: see docs/documenti.md.

Exit codes: 0 done; 1 refused with a sentence on stderr, or a merge with conflicts; 2 wrong use.
"""

import json
from datetime import date, datetime
from pathlib import Path

import click

from casa.documents import cleaning, jailed, saying
from casa.documents.options import FILE, NEW_FILE, as_json, sentence
from casa.drafting import Unreadable, comparing, inspection, merging
from casa.drafting.norms import NormTable

ALONE = True
NORMS = Path(__file__).parents[2] / "data" / "norms.toml"
REFUSED = 1
WITH_OFFICE = ("--limits", '{"programs": 1}')
TRACKED = "Scrive le revisioni in un Word o in un ODT: lo decide il nome del file."


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Il giorno delle norme (AAAA-MM-GG).")
@as_json
def inspect_files(files: tuple[Path, ...], on: datetime | None, *, as_json: bool) -> None:
    """Dice che cosa c'è in uno o più file: clausole, norme citate, firme, dati personali."""
    table = NormTable.from_toml(NORMS)
    day = on.date() if on else date.today()  # noqa: DTZ011 -- the day of whoever asks
    found = [_inspected(path, table=table, on=day) for path in files]
    click.echo(saying.json_of(found) if as_json else "\n\n".join(map(saying.inspected, found)))
    if any("text" not in one for one in found):
        raise SystemExit(REFUSED)


@click.command("compare")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.option("--html", type=NEW_FILE, help="Scrive una pagina da aprire nel browser.")
@click.option("--docx", "--odt", "tracked", type=NEW_FILE, help=TRACKED)
@click.option("--author", default="Casa dei Comuni", show_default=True, help="Autore in revisione.")
@as_json
@sentence
def compare_files(
    before: Path,
    after: Path,
    html: Path | None,
    tracked: Path | None,
    author: str,
    *,
    as_json: bool,
) -> None:
    """Confronta due versioni di un testo, clausola per clausola e parola per parola."""
    comparison = comparing.compare(jailed.read(before), jailed.read(after))
    if html:
        html.write_text(comparing.page(comparison, before=before.name, after=after.name))
    if tracked:
        tracked.write_bytes(_tracked(before, after, author=author, to=tracked.suffix))
    if as_json:
        click.echo(saying.json_of(comparing.to_json(comparison)))
    elif not html and not tracked:
        click.echo(saying.compared(comparison))


@click.command("merge")
@click.argument("base", type=FILE)
@click.argument("ours", type=FILE)
@click.argument("theirs", type=FILE)
@click.option("--out", required=True, type=NEW_FILE, help="Il documento che ne risulta.")
@as_json
@sentence
def merge_files(base: Path, ours: Path, theirs: Path, out: Path, *, as_json: bool) -> None:
    """Porta nel nostro testo le novità della fonte; dove non si può, le mette in revisione."""
    merge = merging.merge(*(jailed.read(path) for path in (base, ours, theirs)))
    out.write_bytes(_merged(base, ours, theirs))
    click.echo(saying.json_of(merging.to_json(merge)) if as_json else saying.merged(merge))
    if merge.conflicts:
        raise SystemExit(REFUSED)


@click.command("clean")
@click.argument("file", type=FILE)
@click.option("--out", required=True, type=NEW_FILE, help="La copia ripulita.")
@click.option("--decisions", type=FILE, help="Che cosa tenere e che cosa togliere (JSON).")
@click.option("--report", "told", type=NEW_FILE, help="Scrive che cosa è andato via (JSON).")
@sentence
def clean_file(file: Path, out: Path, decisions: Path | None, told: Path | None) -> None:
    """Scrive una copia da condividere, senza dati personali da bloccare e senza metadati."""
    click.echo(cleaning.clean(file, out, decisions, told))


@click.command("fields")
@click.argument("file", type=FILE)
@as_json
@sentence
def list_fields(file: Path, *, as_json: bool) -> None:
    """Elenca i campi di un modello, con il tipo e il punto in cui stanno."""
    found = json.loads(jailed.make("fields", file))
    click.echo(saying.json_of(found) if as_json else saying.fields(found))


@click.command("fill")
@click.argument("model", type=FILE)
@click.option("--data", required=True, type=FILE, help="Le risposte, in JSON.")
@click.option("--out", required=True, type=NEW_FILE, help="Il documento: .docx, .odt o .pdf.")
@sentence
def fill_model(model: Path, data: Path, out: Path) -> None:
    """Compila un modello con le risposte date."""
    to = out.suffix.lstrip(".").lower()
    if to == model.suffix.lstrip(".").lower():
        out.write_bytes(jailed.make("fill", model, data, options=["--to", to]))
        return
    options = ["--to", to, *WITH_OFFICE]  # LibreOffice writes the other formats
    out.write_bytes(jailed.make("fill", model, data, options=options, limits=jailed.HELPED))


def _inspected(path: Path, *, table: NormTable, on: date) -> inspection.Json:
    try:
        return inspection.inspect(jailed.read(path), name=str(path), table=table, on=on)
    except Unreadable as refusal:
        return inspection.refused(refusal, name=str(path))


def _tracked(before: Path, after: Path, *, author: str, to: str) -> bytes:
    """A file with revisions, in the format of its name or else of the newer text."""
    wanted = to.lstrip(".").lower()
    options = ["--author", author, *(["--to", wanted] if wanted in ("docx", "odt") else [])]
    if {path.suffix.lower() for path in (before, after)} == {to.lower()}:
        return jailed.make("redline", before, after, options=options)
    options += [*WITH_OFFICE]  # LibreOffice makes both one format
    return jailed.make("redline", before, after, options=options, limits=jailed.HELPED)


def _merged(base: Path, ours: Path, theirs: Path) -> bytes:
    """Our file with the result; LibreOffice converts theirs where it has another format."""
    if ours.suffix.lower() == theirs.suffix.lower():
        return jailed.make("merge", base, ours, theirs)
    limits = jailed.HELPED
    return jailed.make("merge", base, ours, theirs, options=WITH_OFFICE, limits=limits)


COMMANDS = [inspect_files, compare_files, merge_files, clean_file, list_fields, fill_model]
