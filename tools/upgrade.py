"""Lock the newest permitted versions again: requirements*.txt with hashes and without hosts."""

from __future__ import annotations

import sys

from bootstrap import ROOT, UV, Trouble, download, ensure_uv

HOW = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--upgrade",
)


def main() -> int:
    """Write both locks; what runs is locked first and what tests follows it."""
    project, run, test = (
        ROOT / name for name in ("pyproject.toml", "requirements.txt", "requirements-dev.txt")
    )
    try:
        ensure_uv()
        download(UV, "pip", "compile", *HOW, project, "-o", run)
        download(UV, "pip", "compile", *HOW, "-c", run, "--group=dev", project, "-o", test)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
