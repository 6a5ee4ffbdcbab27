"""Django as WSGI; `casa.asgi` carries it inside uvicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings.prod")

application = get_wsgi_application()
