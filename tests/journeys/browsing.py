"""What a person does in a browser, and what it costs on the wire."""

from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page


def tab_to(page: Page, words: str, *, limit: int = 80) -> None:
    """Press Tab until what has the focus says `words`; fail when the keyboard can't get there."""
    seen = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        said = page.evaluate(FOCUSED)
        if words in said:
            return
        seen.append(said)
    raise AssertionError(f"«{words}» can't be reached by keyboard. Reached: {seen}")


FOCUSED = """() => { const one = document.activeElement;
    const labels = [...(one.labels ?? [])].map((label) => label.textContent);
    return [...labels, one.getAttribute("aria-label") ?? "", one.textContent].join(" ").replace(/\\s+/g, " ").trim(); }"""


@dataclass
class Traffic:
    """What came over the wire, in bytes as they were sent, headers included."""

    session: CDPSession
    sizes: dict[str, int] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    def by_url(self) -> dict[str, int]:
        return {self.urls[key]: size for key, size in self.sizes.items()}


def transferred(page: Page) -> Traffic:
    """Begin to count what this window loads; read `total` after the page is there."""
    traffic = Traffic(session=page.context.new_cdp_session(page))

    def named(event: dict) -> None:
        traffic.urls[event["requestId"]] = event["request"]["url"]

    def counted(event: dict) -> None:
        traffic.sizes[event["requestId"]] = event["encodedDataLength"]

    traffic.session.on("Network.requestWillBeSent", named)
    traffic.session.on("Network.loadingFinished", counted)
    traffic.session.send("Network.enable")
    return traffic
