"""The addresses of the days of tenders, below /fascicoli/."""

from django.urls import path

from casa.dossier.views import feeding, timing

times = [
    path("calendario/", feeding.mine, name="calendar"),
    path("calendario/apri/", feeding.open_feed, name="calendar_open"),
    path("calendario/chiudi/", feeding.close_feed, name="calendar_close"),
    path("calendario/<str:token>.ics", feeding.feed, name="calendar_feed"),
    path("<int:pk>/tempi/", timing.times, name="times"),
    path("<int:pk>/tempi.ics", timing.calendar_file, name="times_file"),
    path("<int:pk>/tempi/conta/", timing.plan, name="times_plan"),
    path("<int:pk>/tempi/<slug:code>/", timing.one_day, name="times_day"),
]
