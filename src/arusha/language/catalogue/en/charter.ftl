## What a report says under a charter.

charter-line = Under a charter: a question that is not live gives counts by office and names nobody.
counts-only = { $stage }: counts by office only. No person and no pair is named.
counts-caption = Units by office
counts-reading = Counts under { $n } are not given, nor a count of signals that comes that near to none or to all. Others are rounded to five.
fewer-than = fewer than { $n }
not-given = not given
all-offices = All offices
column-signals = Signals
method-approval-live = Live under the charter. The hash of the definition agreed to: { $hash }.
answer-counts-only =
    { $n ->
        [one] One question is not live under the charter: it gives counts by office.
       *[other] { $n } questions are not live under the charter: they give counts by office.
    }

stage-draft = Draft
stage-consultation = In consultation
stage-pilot = Pilot
stage-live = Live without showing individuals
stage-paused = Paused
stage-review-due = Review due
stage-retired = Retired
stage-not-drafted = Not drafted under the charter
wb-not-drafted-first = An analyst or the integrity lead drafts a question first, with its dossier; then the union is consulted. Until it is live it gives counts by office, and names nobody.
stage-study = A study: nobody agreed to it
