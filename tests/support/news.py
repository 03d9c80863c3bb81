"""Short articles for tests of the upper floors: invented people and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BRIDGE = """Podul vechi se închide luni

Primarul Andrei Voicu a anunțat că podul 😀 se închide. „Nu mai putem\u00a0aștepta nici măcar o lună”, a spus Voicu.

Lucrările durează trei luni. Inginera Maria Petrescu a promis un pod provizoriu. \
„Oamenii vor trece râul pe jos, ca pe vremuri”, a adăugat Petrescu.
"""
"""Romanian, two quotes of two speakers; an emoji and a no-break space before and in the first quote."""

MILL = """ date 2026-03-14 Moara din Lunca a fost vândută vineri, după doi ani de discuții cu moștenitorii.

„Moara rămâne a satului și va macina din nou la toamnă”, a declarat primarul Andrei Voicu.
"""
"""Romanian, with a date header and no title; the mayor of `BRIDGE` speaks here, too."""

HARBOUR = """Порт відкриють навесні

«Ми не можемо чекати ще один рік, люди втомилися», – сказав начальник порту Орест Глинянський у понеділок.
"""

FERRY = """The ferry returns in May

“We have waited long enough for this boat,” said Una McCraithie, who chairs the island council.
"""


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """Write an article and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
