"""The options of `casa guide`: one for each thing that a need says."""

from collections.abc import Callable

import click

OPTIONS = [
    click.option("--kind", help="works (lavori), supplies (forniture), services, concession."),
    click.option("--amount", help="Importo senza IVA, con opzioni e rinnovi: 120000 o 120.000,00."),
    click.option("--options", help="Opzioni da aggiungere all'importo, se non vi sono già."),
    click.option("--renewals", help="Rinnovi da aggiungere all'importo, se non vi sono già."),
    click.option("--on", help="Il giorno del bando o degli inviti, AAAA-MM-GG (senza: oggi)."),
    click.option("--cpv", help="Il codice CPV, per esempio 55523100."),
    click.option(
        "--qualification", help="none, oppure l3, l2, l1 (lavori), sf3, sf2, sf1 (il resto)."
    ),
    click.option("--lots", help="Gli importi dei lotti: 60000,240000."),
    click.option("--urgent", is_flag=True, help="C'è urgenza."),
    click.option("--pnrr", is_flag=True, help="Ci sono fondi del PNRR o del PNC."),
    click.option("--cross-border", is_flag=True, help="C'è un interesse transfrontaliero certo."),
    click.option("--social", is_flag=True, help="È un servizio sociale o assimilato."),
    click.option("--call-off", is_flag=True, help="C'è già un accordo quadro o una convenzione."),
    click.option("--json", "as_json", is_flag=True, help="Stampa la risposta in JSON."),
]


def of_need(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what is needed."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command
