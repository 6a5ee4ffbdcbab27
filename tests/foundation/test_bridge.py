"""Slow and greedy visitors, over real sockets, in front of a house with four threads."""

import gc
import hashlib
import os
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import uvicorn
from django.db import connection

from casa.foundation.bridge import Bounds, Bridge, bridge
from casa.foundation.bridge.visitors import is_logged_in
from casa.wsgi import application as pages
from tests.factories import BodyFactory

MEGABYTE = 1024 * 1024
THREADS = 4
CROWD = 20
LONG = 20 * MEGABYTE
KNOWN = b"Cookie: known\r\n"
BOUNDS = Bounds(
    ordinary=MEGABYTE, large=64 * MEGABYTE, large_paths=("/carica/",), together=128 * MEGABYTE
)


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big"
    path.write_bytes(os.urandom(MEGABYTE) * 20)
    return path


@pytest.fixture
def house(tmp_path: Path, big: Path) -> Iterator:
    """Open a house with these bounds: Django's pages, and four addresses of the tests."""
    release = threading.Event()

    def answer(environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/file":
            start_response("200 OK", [("Content-Length", str(LONG))])
            return environ["wsgi.file_wrapper"](big.open("rb"), 4096)
        if path == "/lungo":
            start_response("200 OK", [])
            return (b"x" * MEGABYTE for _ in range(20))
        if path == "/fermo":
            release.wait(30)
        if path.endswith("/somma"):
            digest = hashlib.file_digest(environ["wsgi.input"], "sha256").hexdigest()
            start_response("200 OK", [])
            return [f"{environ['CONTENT_LENGTH']} {digest}".encode()]
        return pages(environ, start_response)

    with ExitStack() as stack:

        def open_it(bounds: Bounds = BOUNDS) -> House:
            application = Bridge(
                answer,
                bounds=bounds,
                knows=lambda scope: (b"cookie", b"known") in scope["headers"],
                folder=tmp_path / "tmp",
                threads=THREADS,
            )
            here = stack.enter_context(served(application))
            here.ask("GET /stato/vivo")  # the first page of a process loads all the others
            return here

        yield open_it
        release.set()


class House:
    def __init__(self, application: Bridge, address: tuple[str, int]) -> None:
        self.application = application
        self.address = address

    def connect(self, head: str, body: bytes = b"", *, window: int | None = None) -> socket.socket:
        link = socket.socket()
        if window:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        link.settimeout(20)
        link.connect(self.address)
        link.sendall(f"{head} HTTP/1.1\r\nHost: localhost\r\n".encode() + body)
        return link

    def ask(self, head: str, body: bytes = b"\r\n") -> bytes:
        with self.connect(head, b"Connection: close\r\n" + body) as link:
            return b"".join(iter(lambda: link.recv(1 << 16), b""))

    def is_quick(self) -> bool:
        begun = time.monotonic()
        answer = self.ask("GET /stato/vivo")
        return answer.endswith(b"vivo\n") and time.monotonic() - begun < 1


@contextmanager
def served(application: Bridge) -> Iterator[House]:
    door = socket.create_server(("127.0.0.1", 0), backlog=100)
    config = uvicorn.Config(application, log_level="critical", lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    server.config.timeout_graceful_shutdown = 1
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    try:
        yield House(application, door.getsockname())
    finally:
        server.should_exit = True
        thread.join(10)


def post(size: int, body: bytes) -> bytes:
    return f"Content-Length: {size}\r\n\r\n".encode() + body


def eventually(condition, *, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_idle_senders_do_not_stop_the_house(house):
    here = house()
    links = [here.connect("POST /utile/", post(1000, b"a")) for _ in range(CROWD)]
    time.sleep(0.3)

    assert here.is_quick()
    for link in links:
        link.close()


@pytest.mark.parametrize("path", ["/file", "/lungo"])
def test_slow_readers_do_not_stop_the_house(house, path: str):
    here = house()
    links = [here.connect(f"GET {path}", b"\r\n", window=4096) for _ in range(CROWD)]
    heads = [link.recv(15) for link in links]

    assert heads == [b"HTTP/1.1 200 OK"] * CROWD
    assert eventually(here.application.threads._work_queue.empty)
    assert here.is_quick()
    for link in links:
        link.close()


def test_a_file_arrives_as_it_is(house, big: Path):
    answer = house().ask("GET /file")

    head, _, body = answer.partition(b"\r\n\r\n")
    assert hashlib.sha256(body).digest() == hashlib.sha256(big.read_bytes()).digest()
    assert b"content-length: 20971520" in head.lower()


def test_what_is_made_while_it_is_sent_arrives_whole(house):
    here = house()
    head, _, _body = here.ask("GET /lungo").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert here.ask("HEAD /file").endswith(b"\r\n\r\n")


def test_a_large_body_arrives_whole_where_files_are_brought_in(house, big: Path):
    body = big.read_bytes()
    answer = house().ask("POST /carica/somma", KNOWN + post(len(body), body))

    assert f"{LONG} {hashlib.sha256(body).hexdigest()}".encode() in answer


def test_a_body_in_pieces_without_a_length_arrives_whole(house):
    pieces = b"Transfer-Encoding: chunked\r\n\r\n5\r\nparol\r\n1\r\ne\r\n0\r\n\r\n"
    answer = house().ask("POST /somma", pieces)

    assert f"6 {hashlib.sha256(b'parole').hexdigest()}".encode() in answer


def test_elsewhere_a_large_body_is_turned_away_before_it_is_sent(house):
    answer = house().ask("POST /utile/", post(2 * MEGABYTE, b""))

    assert answer.startswith(b"HTTP/1.1 413")
    assert "più di 1 MB".encode() in answer


def test_a_body_that_does_not_tell_its_length_is_bounded_too(house):
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    answer = house().ask("POST /utile/", b"Transfer-Encoding: chunked\r\n\r\n" + piece * 17)

    assert answer.startswith(b"HTTP/1.1 413")


def test_all_bodies_together_are_bounded_and_give_their_room_back(house):
    bounds = Bounds(
        ordinary=MEGABYTE, large=4 * MEGABYTE, large_paths=("/carica/",), together=2 * MEGABYTE
    )
    here = house(bounds)
    half = b"x" * (3 * MEGABYTE // 2)
    more = KNOWN + post(len(half), half)
    with here.connect("POST /carica/somma", KNOWN + post(2 * MEGABYTE, half)):
        assert eventually(lambda: here.application.bodies.held == len(half))
        assert here.ask("POST /carica/somma", more).startswith(b"HTTP/1.1 503")
        assert here.is_quick()
        small = post(1000, b"x" * 1000)
        assert here.ask("POST /somma", small).startswith(b"HTTP/1.1 200")
    assert eventually(lambda: here.application.bodies.held == 0)
    assert here.ask("POST /carica/somma", more).startswith(b"HTTP/1.1 200")


def test_nobody_fills_the_disk_without_a_name(house):
    here = house()
    answer = here.ask("POST /carica/somma", post(2 * MEGABYTE, b"x" * (2 * MEGABYTE)))

    assert answer.startswith(b"HTTP/1.1 403")
    assert b"devi prima accedere" in answer
    too_long = b"20000000"
    assert b" 413 " in here.ask(
        "POST /carica/somma", KNOWN + b"Content-Length: 999" + too_long + b"\r\n\r\n"
    )


@pytest.mark.django_db
def test_somebody_is_known_by_the_session_of_a_log_in(client, login, person, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)  # it is the one of the test
    login(client, person("reader", BodyFactory()))
    key = client.cookies["sessionid"].value

    def known(cookie: str) -> bool:
        return is_logged_in({"headers": [(b"cookie", cookie.encode())]})

    assert known(f"a=b; sessionid={key}")
    assert not known("sessionid=invented")
    assert not known("a=b")
    assert not is_logged_in({"headers": []})


@pytest.mark.parametrize(
    "slow",
    [{"idle": 0.3}, {"idle": 5.0, "grace": 0.3, "slowest": 10_000}],
    ids=["nothing comes", "a drop at a time"],
)
def test_a_body_that_does_not_come_on_is_given_up(house, slow: dict[str, float]):
    here = house(Bounds(ordinary=MEGABYTE, large=0, large_paths=("/no/",), together=LONG, **slow))
    with here.connect("POST /utile/", post(1000, b"a")) as link:
        for _ in range(0 if slow["idle"] < 1 else 4):
            time.sleep(0.1)
            link.sendall(b"a")
        assert link.recv(12) == b"HTTP/1.1 408"
    assert eventually(lambda: here.application.bodies.held == 0)


def test_pages_that_never_end_are_told_to_the_supervisor(house, monkeypatch):
    monkeypatch.setattr(bridge, "STUCK", 0.5)
    here = house()
    links = [here.connect("GET /fermo", b"\r\n") for _ in range(THREADS)]
    time.sleep(1)
    assert not here.application.is_stuck()  # busy, but nobody waits

    links.append(here.connect("GET /stato/vivo", b"\r\n"))

    assert eventually(here.application.is_stuck)
    for link in links:
        link.close()


def test_a_long_answer_takes_no_memory(house):
    here = house()
    here.ask("GET /file")
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    links = [here.connect("GET /lungo", b"\r\n", window=4096) for _ in range(CROWD)]
    for link in links:
        assert link.recv(15) == b"HTTP/1.1 200 OK"
        link.close()

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # of 400 MB
