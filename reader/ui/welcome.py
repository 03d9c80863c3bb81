"""What the window says while no article is shown: how to begin, how to choose one, what to do about a broken one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QAction

    from reader.ui.messages import Card

RECENTS_OFFERED = 3
"""Recent folders on the card; the File menu has more."""


class Welcome(QObject):
    """Fill the card of the empty window."""

    def __init__(self, card: Card, actions: Mapping[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._card, self._actions = card, actions

    def _show(self, heading: str, words: str, commands: Sequence[str], more: Sequence[QAction] = ()) -> None:
        self._card.show_words(heading, words, [*(self._actions[name] for name in commands), *more])

    def show_start(self, recent: Sequence[QAction]) -> None:
        """Say how to begin; `recent` open folders again."""
        self._show(
            self.tr("Read foreign news beside its translation"),
            self.tr(
                "Open text or Markdown files, or a folder of them, or drop them here. Everything stays on this "
                "computer: articles are never changed, notes lie beside them, and nothing goes online."
            ),
            ["open_folder", "open_files", "open_samples"],
            recent,
        )

    def show_choice(self) -> None:
        """Say how an article is opened while there are some and none is."""
        self._show(
            self.tr("Choose an article"),
            self.tr("Click one in the list, or walk through it with the arrow keys. Type above the list to filter it."),
            ["next_article", "search_library"],
        )

    def show_unreadable(self, *, not_text: bool, alone: bool) -> None:
        """Say what can be done about an article that can't be opened; why is in the message above.

        `alone`: there is no other one to go to.
        """
        if not_text:
            words = self.tr("The file was left as it is. If you know how it was written, choose its encoding.")
        else:
            words = self.tr("The file was left as it is. Once the cause is gone, choose the article again.")
        ways = [*["choose_encoding"] * not_text, *["next_article"] * (not alone)]
        self._show(self.tr("This article can't be opened"), words, ways)
