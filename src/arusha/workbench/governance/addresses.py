"""The addresses of the room: name, path, view, action and method, as ``arusha.workbench.routes`` takes them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from arusha.workbench.governance import (
    duties_room,
    home,
    letters_room,
    lineage_room,
    loads_room,
    retention_room,
    sources_room,
)

Address = tuple[str, str, Callable[..., HttpResponse], str, str]

ADDRESSES: tuple[Address, ...] = (
    ("governance", "governance", home.home, "governance.see", "GET"),
    ("gov-loads", "governance/loads", loads_room.listing, "loads.see", "GET"),
    ("gov-table", "governance/tables/<slug:table>", loads_room.table, "loads.see", "GET"),
    ("gov-sources", "governance/sources", sources_room.listing, "sources.see", "GET"),
    ("gov-propose", "governance/sources/propose", sources_room.propose, "source.ask", "POST"),
    ("gov-source", "governance/sources/<slug:key>", sources_room.one, "sources.see", "GET"),
    ("gov-source-ask", "governance/sources/<slug:key>/ask", sources_room.ask, "source.ask", "POST"),
    ("gov-answer", "governance/sources/<slug:key>/answer", sources_room.answer, "source.answer", "POST"),
    ("gov-letters", "governance/letters", letters_room.listing, "letters.see", "GET"),
    ("gov-draft", "governance/letters/draft", letters_room.draft_now, "letter.draft", "POST"),
    ("gov-letter", "governance/letters/<slug:key>", letters_room.one, "letters.see", "GET"),
    ("gov-letter-file", "governance/letters/<slug:key>/letter.<slug:form>", letters_room.take, "letters.see", "GET"),
    ("gov-step", "governance/letters/<slug:key>/step", letters_room.take_step, "letter.step", "POST"),
    ("gov-retention", "governance/retention", retention_room.listing, "retention.see", "GET"),
    ("gov-make-list", "governance/retention/list", retention_room.make_list, "retention.list", "POST"),
    ("gov-hold", "governance/retention/hold", retention_room.place_hold, "hold.place", "POST"),
    ("gov-lift", "governance/retention/holds/<slug:key>/lift", retention_room.lift_hold, "hold.lift", "POST"),
    ("gov-list", "governance/retention/<slug:key>", retention_room.one, "retention.see", "GET"),
    ("gov-run", "governance/retention/<slug:key>/ask", retention_room.ask, "retention.ask", "POST"),
    ("gov-run-answer", "governance/retention/<slug:key>/answer", retention_room.answer, "retention.answer", "POST"),
    ("gov-run-on", "governance/retention/<slug:key>/go-on", retention_room.go_on, "retention.ask", "POST"),
    ("gov-duties", "governance/duties", duties_room.listing, "duties.see", "GET"),
    ("gov-questions", "governance/questions", lineage_room.questions, "sufficiency.see", "GET"),
    ("gov-lineage", "governance/lineage", lineage_room.listing, "lineage.see", "GET"),
    ("gov-lineage-of", "governance/lineage/<str:name>", lineage_room.lineage, "lineage.see", "GET"),
    ("gov-lineage-file", "governance/lineage/<str:name>/events", lineage_room.take, "lineage.take", "POST"),
    ("gov-load", "governance/loads/<slug:load>", loads_room.load, "loads.see", "GET"),
)
