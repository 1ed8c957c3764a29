"""The worker as a process of its own: ``python -m arusha.workbench.worker_process``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Set Django up for the site that the environment names, then work for it; see ``worker.run``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arusha.workbench.settings")
    import django

    django.setup()
    from arusha.workbench.worker import run

    run(with_server="--with-server" in sys.argv)


if __name__ == "__main__":
    main()
