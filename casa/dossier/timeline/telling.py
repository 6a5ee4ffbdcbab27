"""The days of a tender in words: how each was found, and by which rule."""

from datetime import timedelta

from casa.dossier.timeline.asked import Asked
from casa.dossier.timeline.calendar import Calendar
from casa.dossier.timeline.counting import SIGNING, Counted
from casa.dossier.timeline.stretches import Stretch
from casa.guide.choosing.saying import day_in_words

OFFERS = "offers"
SHORTENED = (
    "Termine più breve per l'avviso di preinformazione mandato il %s: vale se l'avviso aveva già "
    "le informazioni del bando (da verificare)."
)
NOT_SHORTENED = (
    "L'avviso di preinformazione mandato il %s è troppo vicino al bando o troppo lontano: non "
    "abbrevia il termine."
)
NO_MINIMUM = (
    "Per questa procedura la guida non ha un termine minimo verificato: lo fissa l'ente, adeguato "
    "alla gara (art. 92, d.lgs. 36/2023)."
)


class Teller:
    """Says how the days of one count were found."""

    def __init__(self, asked: Asked, calendar: Calendar, counted: Counted) -> None:
        self.asked, self.calendar, self.counted = asked, calendar, counted

    def state(self, index: int) -> str:
        """Whether a day is done, chosen by the office, wanted from the start, or counted."""
        code = self.counted.stretches[index].link.code
        for state, codes in (("fixed", self.asked.fixed), ("chosen", self.asked.chosen)):
            if code in codes:
                return state
        return "wanted" if code in self.counted.held else "counted"

    def hangs_on(self, index: int) -> int | None:
        """The day from which this one was counted; none where it was given."""
        stretches, held = self.counted.stretches, self.counted.held
        if stretches[index].link.code in held:
            return None
        first = min(i for i, one in enumerate(stretches) if one.link.code in held)
        return index + 1 if self.asked.backward or index < first else index - 1

    def how(self, index: int) -> str:
        """How a day was found, in a sentence."""
        state = self.state(index)
        if state == "fixed":
            return "Già fatto: non si sposta più."
        if state == "chosen":
            return "Data scelta dall'ufficio."
        if state == "wanted":
            return self._wanted(index)
        if self.counted.stretches[index].link.code in self.counted.delayed:
            return "Non prima di oggi: quello che manca riparte da qui."
        return self._counted(index)

    def _wanted(self, index: int) -> str:
        signs = self.counted.stretches[index].link.code == SIGNING and self.asked.backward
        words = "Il giorno in cui si vuole firmare" if signs else "Il giorno da cui si comincia"
        if self.counted.days[index] == self.asked.day:
            return f"{words}."
        nearest = "l'ultimo giorno d'ufficio prima" if signs else "il primo giorno d'ufficio dopo"
        return f"{words}: {day_in_words(self.asked.day)} gli uffici sono chiusi, vale {nearest}."

    def _counted(self, index: int) -> str:
        on = self.hangs_on(index)
        if on is None:
            return ""
        stretch = self.counted.stretches[max(index, on)]
        side = "prima di" if on > index else "dopo"
        least = "Almeno " if on > index else ""
        words = f"{least}{length(stretch)} {side} «{self.counted.stretches[on].link.title}»."
        return words[0].upper() + words[1:]

    def notes(self, index: int) -> list[str]:
        """What else there is to know of how long a day takes."""
        found = []
        stretch = self.counted.stretches[index]
        if stretch.row and not stretch.row.is_verified:
            found.append(f"Da verificare: {stretch.row.citation}.")
        found += self._of_term(stretch)
        if rolled := self._rolled(index):
            found.append(rolled)
        return found

    def _of_term(self, stretch: Stretch) -> list[str]:
        """What shortens a term, or that no shortest one was verified."""
        sent = self.asked.prior_notice
        shorter = stretch.link.noticed.get(self.asked.procedure)
        if sent and shorter:
            holds = stretch.row is not None and stretch.row.code == shorter
            return [(SHORTENED if holds else NOT_SHORTENED) % day_in_words(sent)]
        return [NO_MINIMUM] if stretch.link.code == OFFERS and stretch.row is None else []

    def _rolled(self, index: int) -> str:
        stretch, days = self.counted.stretches[index], self.counted.days
        if not index or not stretch.link.rolls or self.state(index) != "counted":
            return ""
        end = days[index - 1] + timedelta(days=stretch.count)
        if self.calendar.is_working(end):
            return ""
        row = self.calendar.holiday(end)
        why = row.text if row else ("sabato" if end.weekday() == SATURDAY else "domenica")
        return (
            f"Il termine finirebbe il {day_in_words(end)} ({why}): l'ufficio lo allunga fino al "
            "primo giorno di lavoro."
        )


SATURDAY = 5


def length(stretch: Stretch) -> str:
    """How long a stretch is: «30 giorni» of the calendar, «10 giorni d'ufficio»."""
    if stretch.count == 0:
        return "lo stesso giorno"
    return days_in_words(stretch.count, office=not stretch.link.is_term)


def days_in_words(count: int, *, office: bool = False) -> str:
    """«1 giorno», «10 giorni d'ufficio»."""
    words = "1 giorno" if count == 1 else f"{count} giorni"
    return f"{words} d'ufficio" if office else words
