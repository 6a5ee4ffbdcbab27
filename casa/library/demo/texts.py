"""Short texts of our own for the demonstration. Not models: each says that it is only a trial.

Law facts: d.lgs. 36/2023, artt. 17 c. 2, 50 c. 1 lett. b), 93 c. 1 (checked on the text in force on
30 May 2023; to be checked again before any real use).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A demonstration document and the card it goes with."""

    name: str
    title: str
    object: str
    kind: str
    pillar: str
    articles: tuple[tuple[str, tuple[str, ...]], ...]
    procedure_type: str = ""
    contract_type: str = ""
    criterion: str = ""
    amount_band: str = ""
    phase: str = ""
    cpv_codes: tuple[str, ...] = ()


WARNING = "Testo dimostrativo: serve a provare la piattaforma e non va usato in una gara."

CATERING = Text(
    name="disciplinare-refezione-scolastica.docx",
    title="Disciplinare di gara per la refezione scolastica (dimostrativo)",
    object="Regole della gara aperta per affidare la mensa delle scuole dell'infanzia e primarie.",
    kind="model",
    pillar="sua",
    procedure_type="open_procedure",
    contract_type="services",
    criterion="best_value",
    amount_band="up_to_1m",
    phase="award",
    cpv_codes=("55524000",),
    articles=(
        (
            "Oggetto dell'appalto",
            (
                "L'appalto riguarda la preparazione, il trasporto e la distribuzione dei pasti agli "
                "alunni delle scuole dell'infanzia e primarie del Comune.",
                "Sono compresi la pulizia dei refettori, la fornitura delle stoviglie e la gestione "
                "informatica delle presenze e delle diete speciali.",
            ),
        ),
        (
            "Durata e importo",
            (
                "Il contratto dura tre anni scolastici dalla data di avvio del servizio.",
                "L'importo a base di gara è calcolato sul numero presunto di pasti e comprende "
                "opzioni e rinnovi; i costi della manodopera sono indicati a parte.",
            ),
        ),
        (
            "Requisiti di partecipazione",
            (
                "Possono partecipare gli operatori economici iscritti al registro delle imprese per "
                "attività coerenti con l'oggetto dell'appalto.",
                "È richiesta l'esecuzione, negli ultimi tre anni, di servizi di ristorazione "
                "scolastica per un numero di pasti almeno pari a quello annuo dell'appalto.",
            ),
        ),
        (
            "Criteri di valutazione",
            (
                "L'offerta tecnica vale 80 punti su 100, l'offerta economica 20.",
                "Sono premiati i prodotti biologici e a filiera corta, il piano contro lo spreco "
                "alimentare, le attrezzature a basso consumo e l'educazione alimentare nelle classi.",
            ),
        ),
        (
            "Commissione giudicatrice",
            (
                "La commissione è nominata dopo la scadenza del termine per presentare le offerte "
                "(art. 93, c. 1, d.lgs. 36/2023).",
                "I commissari dichiarano di non trovarsi in conflitto di interessi.",
            ),
        ),
        (
            "Diete speciali",
            (
                "L'aggiudicatario prepara pasti per celiaci, allergici e intolleranti su richiesta "
                "documentata della famiglia, senza maggiorazione di prezzo.",
            ),
        ),
    ),
)

DIRECT_AWARD = Text(
    name="decisione-affidamento-diretto.docx",
    title="Decisione di affidamento diretto di un servizio (dimostrativa)",
    object="Atto unico con cui il Comune affida direttamente un servizio di importo contenuto.",
    kind="model",
    pillar="sua",
    procedure_type="direct_award",
    contract_type="services",
    amount_band="up_to_40k",
    phase="award",
    articles=(
        (
            "Premesse",
            (
                "Il servizio è necessario e non può essere svolto con il personale dell'ente.",
                "L'importo consente l'affidamento diretto (art. 50, c. 1, lett. b), d.lgs. 36/2023).",
            ),
        ),
        (
            "Oggetto e corrispettivo",
            (
                "Si affida il servizio descritto nell'allegato all'operatore indicato, per il "
                "corrispettivo indicato, al netto dell'imposta sul valore aggiunto.",
            ),
        ),
        (
            "Motivi della scelta",
            (
                "L'operatore possiede esperienze documentate e ha offerto un prezzo congruo.",
                "È rispettato il principio di rotazione rispetto all'affidamento precedente.",
            ),
        ),
        (
            "Impegno di spesa",
            ("La spesa trova copertura nel capitolo indicato; segue il visto contabile.",),
        ),
        (
            "Atto unico",
            (
                "Questa decisione individua in un solo atto oggetto, importo, fornitore e motivi "
                "(art. 17, c. 2, d.lgs. 36/2023).",
            ),
        ),
    ),
)

EUROPE_DESK = Text(
    name="servizio-europa-associato.docx",
    title="Servizio associato politiche europee: come si organizza (dimostrativo)",
    object="Compiti, persone e tempi di un ufficio provinciale che aiuta i Comuni con i bandi europei.",
    kind="organisational_model",
    pillar="europa",
    articles=(
        (
            "A chi serve",
            (
                "Ai Comuni della Provincia che non hanno una persona dedicata ai finanziamenti "
                "europei e vogliono presentare progetti insieme.",
            ),
        ),
        (
            "Che cosa fa",
            (
                "Segnala ogni settimana i bandi adatti per tema e dimensione del Comune.",
                "Aiuta a trovare partner, scrive le parti comuni della domanda, tiene il calendario "
                "delle rendicontazioni.",
            ),
        ),
        (
            "Come si aderisce",
            (
                "Il Comune approva una convenzione e nomina un referente.",
                "La quota annua copre le spese vive e dipende dal numero di abitanti.",
            ),
        ),
    ),
)

ROAD_WORKS = Text(
    name="lettera-invito-manutenzione-strade.docx",
    title="Lettera d'invito per la manutenzione delle strade comunali (dimostrativa)",
    object="Invito a una procedura negoziata per lavori di asfaltatura e segnaletica.",
    kind="model",
    pillar="sua",
    procedure_type="negotiated",
    contract_type="works",
    criterion="lowest_price",
    amount_band="up_to_1m",
    phase="award",
    cpv_codes=("45233141",),
    articles=(
        (
            "Oggetto dei lavori",
            (
                "Rifacimento del manto d'asfalto, ripristino delle buche e nuova segnaletica "
                "orizzontale sulle strade elencate nel computo.",
            ),
        ),
        (
            "Sopralluogo",
            (
                "Il sopralluogo si prenota almeno tre giorni prima e non è condizione per "
                "partecipare.",
            ),
        ),
        (
            "Presentazione dell'offerta",
            (
                "L'offerta si presenta sulla piattaforma di approvvigionamento indicata, entro il "
                "termine stabilito.",
                "Non si aprono offerte arrivate dopo il termine.",
            ),
        ),
        (
            "Penali",
            (
                "Per ogni giorno di ritardo si applica la penale indicata nel capitolato.",
            ),
        ),
    ),
)

TEXTS = (CATERING, DIRECT_AWARD, EUROPE_DESK, ROAD_WORKS)
