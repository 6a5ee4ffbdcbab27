"""A real browser for the journeys: one Chromium per run, a fresh profile per test.

`page` is a wide window, `phone` a narrow one, `plain` has no JavaScript. Each of them fails its test
when the browser reports a breach of the content security policy, a script error or a file that
did not come.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
NEEDED = {"stylesheet", "script", "font", "image", "fetch", "xhr"}
PATIENCE = 30_000  # ms an expectation waits: two cores may be running everything else
SENT_ON = "net::ERR_ABORTED"  # a download, or a page left before it was complete


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"page", "phone", "plain", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip(
            "Chromium is missing: apt-get install chromium (see tools/debian-packages.txt)."
        )
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # playwright keeps an event loop in this thread
    )
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a window of any kind: `window(viewport=…, java_script_enabled=False)`."""
    contexts, problems = [], []

    def open_one(**kind: object) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="it-IT", **kind)
        contexts.append(context)
        page = context.new_page()
        _watch(page, problems)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(window) -> Page:
    return window(viewport=WIDE)


@pytest.fixture
def phone(window) -> Page:
    return window(viewport=NARROW, has_touch=True)


@pytest.fixture
def plain(window) -> Page:
    """A window without JavaScript, as narrow as a phone: what must work always."""
    return window(viewport=NARROW, java_script_enabled=False)


def _watch(page: Page, problems: list[str]) -> None:
    """Write down what the browser complains about."""

    def console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "violates the following" in message.text:
            problems.append(f"{page.url}: {message.text}")

    def failed(request: Request) -> None:
        if request.failure != SENT_ON:
            problems.append(f"{page.url}: {request.url} {request.failure}")

    def answered(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type in NEEDED:
            problems.append(f"{page.url}: {response.url} {response.status}")

    page.on("console", console)
    page.on("requestfailed", failed)
    page.on("response", answered)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))


@pytest.fixture
def enter(login, live_server) -> Callable[..., Page]:
    """Let a person in without typing: `enter(page, person("author", body))`."""

    def let_in(page: Page, who: object, *, strong: bool = True) -> Page:
        client = login(Client(), who, strong=strong)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        return page

    return let_in


@pytest.fixture
def packed_server(transactional_db, settings, tmp_path) -> Iterator[str]:
    """A server that sends files as a running platform does: hashed names, compressed."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
