"""Where nothing may be missing (CASA_REQUIRE_ALL=1) a skipped test fails, except for these reasons.

A test that may be skipped says why: `@pytest.mark.may_skip("root")`. A plugin of conftest.py.
"""

import os
from collections.abc import Iterator

import pytest

PERMITTED = {
    "shared": "tries data that are not part of the project and may not be on this machine",
    "account": "needs to be root (or not to be), to act as another account",
    "kernel": "needs Landlock, which a kernel before 5.13 has not",
    "semantic": "needs the optional extra of search by meaning (a model of 72 MB)",
    "libreoffice": "needs LibreOffice in bubblewrap: it is optional and reads old office files",
    "tesseract": "needs tesseract with Italian, which is optional and reads scans",
    "clamd": "needs the antivirus, which is optional",
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn a skip into a failure that names what is missing."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and must_run(item):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CASA_REQUIRE_ALL=1, but: {why}"
    return report


def must_run(item: pytest.Item) -> bool:
    """Say whether this test may not be skipped here."""
    reasons = [reason for mark in item.iter_markers("may_skip") for reason in mark.args]
    unknown = set(reasons) - set(PERMITTED)
    if unknown:
        raise ValueError(f"Not a permitted reason to skip: {', '.join(sorted(unknown))}")
    return os.environ.get("CASA_REQUIRE_ALL") == "1" and not reasons
