"""What uvicorn serves: Django's synchronous pages, carried by a2wsgi (see stack decisions)."""

from a2wsgi import WSGIMiddleware

from casa.wsgi import application as pages

application = WSGIMiddleware(pages, workers=8)
