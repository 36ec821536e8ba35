"""The page of failures, docs/failures.md."""

from __future__ import annotations

from typing import Final

from chaos.servers import ROOT

PAGE: Final = ROOT / "docs" / "failures.md"
