## Alerts: raised again, told to whom.

wb-waits-more = and more
wb-alert-raised-again-records = raised again: records that point towards it are new
wb-alert-raised-again-explanation = raised again: the explanation that was accepted is not in the records any more
wb-became-waits-again = It was closed, and an alert was made of it again because the records changed; no explanation of it is accepted now
wb-closed-before-lost = Found in the records then, looked for now and not found
