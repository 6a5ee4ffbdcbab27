"""Which jail holds, and how an operator is told."""

from enum import StrEnum


class Jail(StrEnum):
    """The jails, the strongest first."""

    BUBBLEWRAP = "bubblewrap"
    SECCOMP = "seccomp"
    NONE = "none"

    @property
    def sentence(self) -> str:
        """One Italian sentence for `casa doctor`."""
        return _SENTENCES[self]


_SENTENCES = {
    Jail.BUBBLEWRAP: (
        "I file caricati sono letti in una gabbia bubblewrap: senza rete, senza privilegi e con il "
        "solo file da leggere."
    ),
    Jail.SECCOMP: (
        "I file caricati sono letti da un processo senza rete, senza privilegi e senza accesso ai "
        "dati della piattaforma (seccomp); per una gabbia più stretta installa il pacchetto "
        "«bubblewrap» e permetti gli user namespace."
    ),
    Jail.NONE: (
        "Nessuna gabbia è disponibile: i file caricati non saranno letti. Installa il pacchetto "
        "«bubblewrap» e permetti gli user namespace. Il solo filtro seccomp non basta: un lettore "
        "con lo stesso utente vedrebbe la chiave segreta e gli altri file. Basta invece con "
        "Landlock (Linux 5.13 o successivo)."
    ),
}
