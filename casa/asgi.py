"""What uvicorn serves: Django's synchronous pages behind the bridge (see stack decisions)."""

from typing import cast

from a2wsgi.wsgi_typing import WSGIApp
from django.conf import settings

from casa.foundation.bridge import Bounds, Bridge
from casa.foundation.bridge.visitors import is_logged_in
from casa.wsgi import application as pages

application = Bridge(
    cast("WSGIApp", pages),
    bounds=Bounds(
        ordinary=settings.REQUEST_MAX_BYTES,
        large=settings.UPLOAD_REQUEST_MAX_BYTES,
        large_paths=settings.UPLOAD_PATHS,
        together=settings.REQUESTS_TOGETHER_MAX_BYTES,
    ),
    knows=is_logged_in,
    folder=settings.TEMP_DIR,
    threads=settings.WEB_THREADS,
)
