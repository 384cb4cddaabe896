"""The network goes in the middle of the job, dead or hanging: window, papers and store are none the worse."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.store.opening import open_store
from app.store.profile import create_sample
from app.workflows.sample import SYSTEM, fill_sample
from app.workflows.syncing import Syncing
from tests import sizes
from tests.hub.processes import said, served
from tests.ui.real import StoreRunner

ROOT = Path(__file__).parents[2]
CODE = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
import main
from ui.tour.run import LOOKS, run_tour
out = Path(sys.argv[1])
def opening_for(folder, language):
    words = ["--sample", "--profile", str(folder), "--language", language]
    return main.opening_of(main._desk_words().parse_args(words))
toured = run_tour(QApplication([]), out / "tour", opening_for, looks=LOOKS[:1], home=out / "desks", exchange=False,
                  progress=lambda done, of: None)
print(json.dumps([toured.failed, toured.longest_gap]))
"""


@pytest.mark.parametrize("seed", range(sizes.PULLS))
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["dead", "hanging"])
def test_the_job_goes_on_whenever_the_network_goes(tmp_path: Path, how: signal.Signals, seed: int) -> None:
    hub, folder = tmp_path / "hub", tmp_path / "desks" / "light" / "desk"
    here = ("--embedded", str(hub))
    with served(*here) as serving:
        said("partner", "add", "PT02", "--name", "Moinho Atlântico Lda", "--market", "PT", *here)
        code = said("device", "code", "PT02", *here)[1]["code"]
        unlocked = create_sample(folder)
        with open_store(unlocked) as store:
            store.write(SYSTEM, fill_sample)
            secret = unlocked.derive("device identity")
            syncing = Syncing(StoreRunner(store), unlocked.device, secret, folder)
            syncing.enrol(serving.url, code)
            syncing.once()
        pulled = threading.Timer(random.Random(seed).uniform(2, 15), serving.process.send_signal, (how,))
        pulled.start()

        shown = subprocess.run(
            [sys.executable, "-c", CODE, str(tmp_path)], cwd=ROOT, env=os.environ, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip

        pulled.cancel()
        pulled.join()
        serving.process.send_signal(signal.SIGCONT)
        serving.process.kill()
        serving.ended()
    with served(*here):  # takes over the database of the one that was killed, and ends it
        pass

    failed, longest_gap = json.loads(shown.stdout or '[["the tour ended early"], 0]')
    assert [] == failed, shown.stderr[-2000:]
    assert longest_gap < 5_000  # nothing on the interface's thread waits for an answer: a hanging hub takes a minute
