"""Accessibility of a page, measured by axe-core: WCAG 2.2 A and AA and its best practices."""

from collections.abc import Callable
from typing import TypeVar

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ATTEMPTS = 3
Measure = TypeVar("Measure")


def assert_accessible(page: Page) -> None:
    """Fail with axe's own report when it finds anything at all on the page as it stands."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    results = _measured(page, lambda: Axe().run(page, options=options))
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def _measured(page: Page, measure: Callable[[], Measure]) -> Measure:
    """What was measured; again when the page it began on gave way to the one that was called."""
    for _ in range(ATTEMPTS - 1):
        page.wait_for_load_state()
        try:
            return measure()
        except Error:
            page.wait_for_timeout(500)
    page.wait_for_load_state()
    return measure()


def assert_fits(page: Page) -> None:
    """Fail when the page is wider than the window: nobody should scroll sideways to read."""
    width = "document.documentElement.scrollWidth - window.innerWidth"
    wide = _measured(page, lambda: page.evaluate(width))
    assert wide <= 0, f"{page.url} is {wide} px wider than the window: {_too_wide(page)}"


def assert_targets(page: Page) -> None:
    """Fail when something to press is lower than 44 px, links inside a sentence aside."""
    small = _measured(page, lambda: page.evaluate(SMALL_TARGETS))
    assert small == [], f"{page.url}: {small}"


def _too_wide(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
    )


SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter((one) => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
    .filter((one) => !one.closest("p, dd, td, th, h2, h3, h4, h5, h6, .skiplinks, .breadcrumb, .casa-mistakes"))
    .filter((one) => !one.closest("li") || one.closest("nav, footer, .casa-facets, .casa-chips, .casa-more"))
    .map((one) => one.matches("[type=checkbox], [type=radio]") ? one.closest(".form-check") ?? one : one)
    .filter((one) => { const box = one.getBoundingClientRect(); return box.height > 0 && box.height < 43.5; })
    .map((one) => one.outerHTML.slice(0, 120))"""
