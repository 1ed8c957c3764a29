## What the commands of surveys, of data governance and of the check of assessments print.

survey-begun = Nothing stands for fewer than { $n } people in what goes through { $folder }
survey-digest = Digest, to note elsewhere: { $digest }
survey-released = { $number } { $at } { $table }: { $shown } cells shown, { $withheld } withheld
survey-smallest = Smallest group: { $n }
survey-written = { $shown } cells shown and { $withheld } withheld: { $file }
survey-ledger-digest = Digest of the ledger, to note elsewhere: { $digest }
rows-in-file = { $n } rows are in { $file }
verify-again = { $files } files as the manifest says; { $units } units, of which { $signals ->
    [one] one signal
   *[other] { $signals } signals
 }; the plan was run again and gives the same bytes
verify-not-again = { $files } files as the manifest says; { $units } units, of which { $signals ->
    [one] one signal
   *[other] { $signals } signals
 }; not run again (no --workspace)
data-load = { $at } { $digest } { $of } read { $count } set aside = { $share } ({ $low } to { $high }): { $verdict }
data-load-expected = { $at } { $digest } { $of } read { $count } set aside = { $share } ({ $low } to { $high }, at most { $most } expected): { $verdict }
data-changed = Changed: { $what }
data-no-load = No load is known.
data-can-be-asked = can be asked
data-cannot-be-asked = cannot be asked: lacks { $lacks }
data-helped = { $asked }; would be helped by { $unaided }
data-source = Source { $id }: { $state }; { $terms }; { $people }; { $n } wait
data-terms = { $cadence }, { $tables } tables, { $columns } columns
data-no-terms = no terms yet
data-people = owner { $owner }, steward { $steward }
data-no-source = No source is registered.
data-letter = { $id }  { $state }  { $day }  { $n } points
data-no-letter = No question was drafted.
data-no-site = No site was opened yet: nothing is known that could be due.
data-due = { $item } { $name }  over since { $day } ({ $ground })
data-due-kept = { $item } { $name }  over since { $day } ({ $ground }), kept: { $kept }
data-going = { $go } go, { $stay } stay all the same.
clash-lacks = Cannot tell: the records lack { $what }.
clash-records = Records of { $first } to { $last }. Users who held both rights of a pair at one office:
clash-use-unknown = use: cannot tell
clash-used = used by { $users } on { $together } declarations ({ $acting } under a recorded duty, { $excepted } under an exception), in turn on { $turn }, without a recorded right on { $lacking }
clash-pair = { $roles }: { $now } on the last day, { $ever } over the period; { $use }
clash-empty = The list of roles to be kept apart is empty.
clash-no-use-acts = Use cannot be told: which acts belong to which role is not declared (--acts FILE).
clash-no-use-log = Use cannot be told: the log is not good enough.
clash-no-use-tables = Use cannot be told: no pair of roles has acts of its own on both sides in the records.
clash-shared = Acts of both { $one } and { $other }, left out: { $acts }.
clash-silent = Roles without an act of their own in a pair: { $names }.
clash-unread = Acts whose table the records lack: { $names }.
clash-unknown = Roles that nobody holds in the records: { $names }.
clash-strangers = Both halves of { $n } declarations by somebody who never held both rights in the records: rights are lacking there, or acts are declared for the wrong role.
clash-problem-backwards = { $n } rights that end before they start: they hold nothing.
clash-problem-twice = { $n } pairs that the list names twice.
clash-problem-with-itself = { $n } roles that the list sets against themselves.
ledger-of = Ledger { $origin } in { $where }: { $n } entries, root { $root }
ledger-held = Checkpoint of { $n } entries, signed by { $names }: { $agrees }
ledger-nobody = nobody whose key was given
ledger-agrees = agrees
ledger-agrees-not = DOES NOT AGREE
ledger-not-holds = DOES NOT HOLD: { $problem }
ledger-note = Note: { $note }
ledger-first = The first { $n } entries are those that the checkpoints were made of.
ledger-alone = Nothing in the ledger contradicts itself.
ledger-limits = What this cannot prove:
ledger-impossible = { $name } (at an impossible time)
