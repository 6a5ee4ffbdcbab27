"""Settings of the tests: quick hashes, tasks at once, mail in a list, files in a temp folder."""

import os
import tempfile

os.environ.setdefault("CASA_SECRET_KEY", "only-for-tests-" + "0" * 50)
os.environ.setdefault("CASA_DATABASE_URL", "postgresql:///casa")
if "CASA_DATA_DIR" not in os.environ:  # a folder of this run alone, gone with it
    scratch = tempfile.TemporaryDirectory(prefix="casa-checks-", ignore_cleanup_errors=True)
    os.environ["CASA_DATA_DIR"] = scratch.name

from casa.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "mail"],
    }
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # each has a database, so each has an index
    SEARCH_DIR = DATA_DIR / f"index-{worker}"  # noqa: F405
