## What `arusha panel` says of the counts that it writes.

panel-runs =
    The records run from { $first } to { $last }; a { $period ->
        [month] month
       *[quarter] quarter
    } cut by that is a part of one.
panel-missing = { $office }: nothing counted in { $periods }: missing, not zero
panel-withheld =
    { $offices }: left out, fewer than { $fewest } officers in some month, or one of them with over half of what is counted, { $why ->
        [stage] and { $question } is not live under the charter
       *[asked] as was asked
    }
panel-strata = The expectation is by { $by } only: of finer strata what one officer did could be had.
panel-one-rate = The expectation is one rate for all: of finer strata what one officer did could be had.
panel-no-expectation = No expectation: neither a baseline nor a start was named.
panel-written = { $rows } rows of { $offices } offices are in { $file }
panel-about = What they were made from: { $file }
