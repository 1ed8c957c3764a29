## What is written into the files of the key holders.

share-purpose =
    This is one of three parts of the key that opens the mapping of pseudonyms.
    Any two parts together show who stands behind a pseudonym. One part alone shows nothing.
    Keep it to yourself, on paper or on a medium that is locked away, never on the computer that makes the assessments.
    Give it only for a written request with a reason, and note when you gave it.
    If it is lost, say so: a new key must be made before the next load.
seal-key-purpose =
    This is the public key to which loads seal the mapping of pseudonyms.
    It opens nothing. It may be copied freely.
