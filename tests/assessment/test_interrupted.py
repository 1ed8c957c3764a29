"""kill -9 and Ctrl-C in the middle of an assessment leave what was there before, and a workspace that opens."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from arusha.assessment import folder
from arusha.assessment.run import Assessment
from arusha.records.workspace import Workspace

SCRIPT = """
import signal, sys, time
from arusha.assessment.run import assess
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is begun deaf to Ctrl-C
def tell(step, done, total):
    print(step, flush=True)
    if step == "writing":
        time.sleep(60)
assess(sys.argv[1], sys.argv[2], languages=(), progress=tell)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_while_writing(
    examplia: Workspace, assessment: Assessment, tmp_path: Path, how: signal.Signals
) -> None:
    out = tmp_path / "assessment"
    shutil.copytree(assessment.path, out)
    before = folder.files(out)
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(examplia.path), str(out)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert run.stdout is not None
    for line in run.stdout:
        if line.strip() == b"writing":
            break
    os.kill(run.pid, how)
    run.wait(timeout=60)
    assert folder.files(out) == before
    assert Workspace.open(examplia.path).manifest == examplia.manifest
    # What a killed run left behind goes when the next one begins.
    folder.sweep(out)
    assert os.listdir(tmp_path) == ["assessment"]
