"""The words of a card. English values, Italian labels; the facets of every list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    MODEL = "model", _("Modello")
    PROCEDURE = "procedure", _("Procedura")
    DOCUMENT = "document", _("Documento")
    CLAUSE = "clause", _("Clausola")
    PRACTICE = "practice", _("Buona pratica")
    ORGANISATIONAL_MODEL = "organisational_model", _("Modello organizzativo")
    SERVICE_MODEL = "service_model", _("Modello di servizio")
    SOFTWARE = "software", _("Software in riuso")
    ANSWER = "answer", _("Domanda frequente")


class ProcedureType(models.TextChoices):
    DIRECT_AWARD = "direct_award", _("Affidamento diretto")
    NEGOTIATED = "negotiated", _("Procedura negoziata senza bando")
    OPEN = "open_procedure", _("Procedura aperta")
    RESTRICTED = "restricted_procedure", _("Procedura ristretta")
    COMPETITIVE = "competitive_with_negotiation", _("Procedura competitiva con negoziazione")
    DIALOGUE = "competitive_dialogue", _("Dialogo competitivo")
    INNOVATION = "innovation_partnership", _("Partenariato per l'innovazione")
    FRAMEWORK = "framework_call_off", _("Adesione ad accordo quadro o convenzione")


class ContractType(models.TextChoices):
    WORKS = "works", _("Lavori")
    SERVICES = "services", _("Servizi")
    SUPPLIES = "supplies", _("Forniture")
    CONCESSION = "concession", _("Concessione")


class Criterion(models.TextChoices):
    BEST_VALUE = "best_value", _("Offerta economicamente più vantaggiosa (OEPV)")
    LOWEST_PRICE = "lowest_price", _("Minor prezzo")


class AmountBand(models.TextChoices):
    """Round bands to find things by; what the law says of an amount is the guide's work."""

    UP_TO_40K = "up_to_40k", _("Fino a 40.000 €")
    UP_TO_150K = "up_to_150k", _("Da 40.000 € a 150.000 €")
    UP_TO_1M = "up_to_1m", _("Da 150.000 € a 1.000.000 €")
    UP_TO_5M = "up_to_5m", _("Da 1.000.000 € a 5.000.000 €")
    OVER_5M = "over_5m", _("Oltre 5.000.000 €")


class Phase(models.TextChoices):
    PLANNING = "planning", _("Programmazione")
    DESIGN = "design", _("Progettazione")
    AWARD = "award", _("Affidamento")
    PERFORMANCE = "performance", _("Esecuzione")


class Licence(models.TextChoices):
    CC_BY = "CC-BY-4.0", _("CC BY 4.0 (citare la fonte)")
    CC0 = "CC0-1.0", _("CC0 1.0 (pubblico dominio)")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0 (citare la fonte, stessa licenza)")
    EUPL = "EUPL-1.2", _("EUPL 1.2 (software)")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Tutti")
    NETWORK = "network", _("La rete degli enti")
    BODY = "body", _("Solo il mio ente")
