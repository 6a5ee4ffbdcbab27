"""Who plays in the demonstration: invented bodies and persons, whose names say that they are."""

from dataclasses import dataclass

from casa.registry.models import Mandate, NetworkRole

AUTHOR, REVIEWER = Mandate.Role.AUTHOR, Mandate.Role.REVIEWER
READER, ADMINISTRATOR = Mandate.Role.READER, Mandate.Role.ADMINISTRATOR
SUA, EUROPE = "Stazione unica appaltante", "Servizio politiche europee"
DIGITAL, TECHNICAL = "Innovazione e servizi digitali", "Ufficio tecnico"
GENERAL = ""  # the default office

PROVINCES = {
    "Provincia dimostrativa di Collefiorito": (
        "Comune dimostrativo di Pratoverde sul Colle",
        "Comune dimostrativo di Fontechiara Nuova",
    ),
    "Provincia dimostrativa di Valdombra": (
        "Comune dimostrativo di Rocca Serena",
        "Comune dimostrativo di Pontelieve",
    ),
    "Provincia dimostrativa di Montesaggio": (
        "Comune dimostrativo di Borgo Esempio",
        "Comune dimostrativo di Pieve Modello",
    ),
}
COLLEFIORITO, VALDOMBRA, MONTESAGGIO = PROVINCES
PRATOVERDE, FONTECHIARA = PROVINCES[COLLEFIORITO]
ROCCA = PROVINCES[VALDOMBRA][0]


@dataclass(frozen=True, slots=True)
class Part:
    """A person of the demonstration, with what they do there."""

    email: str
    given_name: str
    family_name: str
    work: str
    body: str = ""
    office: str = GENERAL
    role: str = ""
    network_role: str = ""

    @property
    def needs_code(self) -> bool:
        """Whether the log-in asks for a second factor."""
        return bool(self.network_role) or self.role == ADMINISTRATOR


CAST = (
    Part(
        "marta@collefiorito.example",
        "Marta",
        "Esempio",
        "scrive i modelli di gara della SUA",
        COLLEFIORITO,
        SUA,
        AUTHOR,
    ),
    Part(
        "bruno@collefiorito.example",
        "Bruno",
        "Saggio",
        "rivede quello che scrive la SUA",
        COLLEFIORITO,
        SUA,
        REVIEWER,
    ),
    Part(
        "carla@collefiorito.example",
        "Carla",
        "Modello",
        "amministra la Provincia",
        COLLEFIORITO,
        GENERAL,
        ADMINISTRATOR,
    ),
    Part(
        "elena@collefiorito.example",
        "Elena",
        "Traccia",
        "segue le politiche europee (SAPE)",
        COLLEFIORITO,
        EUROPE,
        AUTHOR,
    ),
    Part(
        "davide@collefiorito.example",
        "Davide",
        "Campione",
        "segue innovazione e servizi digitali",
        COLLEFIORITO,
        DIGITAL,
        AUTHOR,
    ),
    Part(
        "giulio@pratoverde.example",
        "Giulio",
        "Prova",
        "è RUP in un piccolo Comune",
        PRATOVERDE,
        TECHNICAL,
        AUTHOR,
    ),
    Part(
        "rosa@fontechiara.example",
        "Rosa",
        "Bozza",
        "legge i modelli per il suo Comune",
        FONTECHIARA,
        GENERAL,
        READER,
    ),
    Part(
        "ugo@valdombra.example",
        "Ugo",
        "Schema",
        "scrive i modelli di gara della SUA",
        VALDOMBRA,
        SUA,
        AUTHOR,
    ),
    Part(
        "lia@valdombra.example",
        "Lia",
        "Verifica",
        "rivede quello che scrive la SUA",
        VALDOMBRA,
        SUA,
        REVIEWER,
    ),
    Part(
        "sara@roccaserena.example",
        "Sara",
        "Registro",
        "amministra un piccolo Comune",
        ROCCA,
        GENERAL,
        ADMINISTRATOR,
    ),
    Part(
        "nino@montesaggio.example",
        "Nino",
        "Appunto",
        "scrive i modelli di gara della SUA",
        MONTESAGGIO,
        SUA,
        AUTHOR,
    ),
    Part(
        "pia@montesaggio.example",
        "Pia",
        "Riscontro",
        "rivede quello che scrive la SUA",
        MONTESAGGIO,
        SUA,
        REVIEWER,
    ),
    Part(
        "renata@montesaggio.example",
        "Renata",
        "Indagine",
        "fa ricerca e legge soltanto",
        MONTESAGGIO,
        GENERAL,
        READER,
    ),
    Part(
        "ilaria@rete.example",
        "Ilaria",
        "Rete",
        "gestisce la rete",
        network_role=NetworkRole.Role.MANAGER,
    ),
    Part(
        "franco@rete.example",
        "Franco",
        "Rassegna",
        "rivede per tutta la rete",
        network_role=NetworkRole.Role.REVIEWER,
    ),
)
