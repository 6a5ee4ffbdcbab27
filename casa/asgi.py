"""What uvicorn serves: Django's synchronous pages, carried by a2wsgi (see stack decisions)."""

from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp

from casa.wsgi import application as pages

application = WSGIMiddleware(cast("WSGIApp", pages), workers=8)
