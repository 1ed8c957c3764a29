"""Peak memory of this process, phase by phase, as the kernel counts it."""

from __future__ import annotations

import os
import resource
from pathlib import Path

_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def reset_peak() -> None:
    """Start a new phase: the kernel forgets the peak so far (Linux; elsewhere the peak is of the whole process)."""
    if os.access(_CLEAR, os.W_OK):
        _CLEAR.write_text("5")


def peak_mib() -> float:
    """Largest resident set since ``reset_peak``, in MiB."""
    if _STATUS.is_file():
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def machine() -> dict[str, str | int]:
    """What the numbers were measured on: cores, processor, memory."""
    cpu = "unknown"
    if Path("/proc/cpuinfo").is_file():
        names = [
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ]
        cpu = names[0] if names else cpu
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {"cores": len(os.sched_getaffinity(0)), "processor": cpu, "memory_mib": total}
