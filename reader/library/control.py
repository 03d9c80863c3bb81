"""How a build of an index is told to wait and to end; apart from it, since the build needs the analysis."""

from __future__ import annotations

import threading


class Control:
    """Pause, go on and stop a build, from any thread."""

    def __init__(self) -> None:
        self._going = threading.Event()
        self._going.set()
        self._stopped = False

    @property
    def paused(self) -> bool:
        """Say whether the build waits."""
        return not self._going.is_set()

    @property
    def stopped(self) -> bool:
        """Say whether the build was told to end."""
        return self._stopped

    def pause(self) -> None:
        """Let the build wait after what it is at."""
        self._going.clear()

    def resume(self) -> None:
        """Let the build go on."""
        self._going.set()

    def stop(self) -> None:
        """End the build; what is done is kept, and the next one goes on from there."""
        self._stopped = True
        self._going.set()

    def go_on(self) -> bool:
        """Wait while the build is paused; say whether it may go on."""
        self._going.wait()
        return not self._stopped
