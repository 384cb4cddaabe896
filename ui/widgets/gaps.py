"""The longest time that the event loop did not come round; for the tour and the bench."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5


class Gaps(QObject):
    """`gaps.start()`, work, `gaps.stop()`; then `longest` is the longest gap in ms, over the beat of 5 ms."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = 0.0
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begins anew."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """Ends, and gives the longest gap in ms."""
        if self._timer.isActive():
            self._beat()
            self._timer.stop()
        return self.longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - BEAT_MS)
        self._last = now
