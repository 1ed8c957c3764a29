## Alerts: raised again, told to whom.

wb-waits-more = and more
wb-alert-raised-again-records = raised again: records that point towards it are new
wb-alert-raised-again-explanation = raised again: the explanation that was accepted is not in the records any more
wb-became-waits-again = It was closed, and an alert was made of it again because the records changed; no explanation of it is accepted now
wb-closed-before-lost = Found in the records then, looked for now and not found
wb-place = Where { $signal } lies among the others (assessment { $name })
wb-place-own = Where you lie among the others ({ $signal }, assessment { $name })
wb-place-others = Others, the middle nine in ten
wb-place-this = this signal
wb-place-you = you
wb-place-alternative = One row: its estimate with interval { $own }. A grey band: the middle nine in ten of { $n } others, { $band }. Nobody else is shown.
axis-effect = Effect
wb-earlier = Flagged in earlier periods too
wb-earlier-what = The same question flagged the same unit before. How an alert of it was closed is not said here: some are decided again by somebody who does not know. What was explained then makes nothing persistent.
wb-earlier-period = from { $start } until before { $end }
wb-earlier-none = no alert
wb-twice = Units flagged in two periods or more
wb-twice-n = about { $n }
wb-twice-few = fewer than { $n }: not given
mail-subject = Something waits for you in Arusha
mail-sign-in = Sign in to read it.
mail-never = This message holds no name and no content, and never will. Do not answer it.
chart-place-note = A test decides what is unusual, not whether an interval includes what was expected. Shrinkage pulls units with little data towards the average: near it, little data means “cannot tell”, not “fine”.
