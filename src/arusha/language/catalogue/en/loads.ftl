## What a look at an extract and a load say on a terminal, and the label before a remedy.

what-to-do = What to do: { $remedy }
load-look =
    Mapping { $mapping }: { $files ->
        [one] one file read
       *[other] { $files } files read
    }, nothing stored.
load-blocked = A load would store nothing until this is put right:
load-absent = absent: { $columns }
load-empty = empty: { $columns }
load-constant = constant: { $columns }
load-day-only =
    { $column }: only the day is known in { $n ->
        [one] one row
       *[other] { $n } rows
    }
load-absent-tables = Tables not there: { $tables }
load-would = Would be set aside:
load-known-values = The contract knows { $values }; a code for another is declared in an override (`lookup`).
load-reason =
    { $n ->
        [one] one row
       *[other] { $n } rows
    } of { $table }: { $reason }. { $meaning }
load-example = { $path }, line { $line }: { $cells }
load-not-read = Not read:
load-not-read-columns = { $path }: columns { $columns }
load-not-read-file = { $path }: no table of the mapping
load-note = Note: { $note }
load-rows =
    { $n ->
        [one] one row
       *[other] { $n } rows
    }
load-aside = Set aside: { $n } of { $path } for { $table }: { $reason }, from line { $line }. { $meaning }
load-file = { $path }: { $rows } rows in = { $accepted } accepted + { $aside } set aside
load-file-no-table = { $file } + { $n } for no table
load-workspace = The workspace is { $path }
