## The report: its headings, its sentences, its columns.

report-title = Integrity assessment
skip-to-content = Skip to the content
period-text = { $start } to { $end }
plan-amended = Amended: this plan was registered after results of another plan existed. Read it with that in mind. Fingerprints of the earlier plans:
chart-numbers = The numbers behind this chart
less-than = under { $value }
missing-columns = { $table } ({ $columns })
no-office = (no office)

answer-heading = The answer in one paragraph
answer-asked =
    We asked { $asked ->
        [one] one question
       *[other] { $asked } questions
    } of { $declarations ->
        [one] one declaration
       *[other] { $declarations } declarations
    } from { $offices ->
        [one] one office
       *[other] { $offices } offices
    }, { $period }.
answer-offices-examined = Something could be examined in { $examined } of these { $offices } offices.
answer-not-assessed =
    { $n ->
        [one] One question could not be assessed, because records are missing.
       *[other] { $n } questions could not be assessed, because records are missing.
    }
answer-unusual =
    { $unusual ->
        [0] In the { $assessed } that could be assessed, nothing stands out without an explanation in the records.
        [one] In the { $assessed } that could be assessed, one entry is unusual: it goes beyond chance and the records do not explain it.
       *[other] In the { $assessed } that could be assessed, { $unusual } entries are unusual, spread over { $questions ->
            [one] one question
           *[other] { $questions } questions
        }: they go beyond chance and the records do not explain them.
    }
answer-whom =
    { $unusual ->
        [one] It names { $whom }.
       *[other] They name { $whom }.
    }
answer-shared = Some name the same person and may rest on the same declarations: they are not as many separate cases.
answer-nothing =
    { $assessed ->
        [one] In the one that could be assessed, nothing stands out.
       *[other] In the { $assessed } that could be assessed, nothing stands out.
    }
answer-explained =
    { $explained ->
        [one] One more went beyond chance, and the records explain it.
       *[other] { $explained } more went beyond chance, and the records explain them.
    }
answer-none-told =
    { $n ->
        [one] One of these questions could examine nothing: there were too few records, or an honest reason fits as well.
       *[other] { $n } of these questions could examine nothing: there were too few records, or an honest reason fits as well.
    }
answer-untold = The table counts what could not be told under “Cannot tell”: it is not a sign that all is well there.
answer-chance = By design, if the rules had been followed everywhere, at most { $k } in 100 assessments like this one would still show something unusual.
answer-measured =
    Measured: of { $worlds } invented administrations without any scheme, asked { $questions } questions, { $hit ->
        [0] none showed anything
        [one] one showed something
       *[other] { $hit } showed something
    } ({ $share }).
next-step-none = Next: read what could not be told, and why. This report alone justifies no step about a person.
pseudonyms-sealed = Who it is lies sealed, and takes two key holders to open.
pseudonyms-unsealed = Who stands behind the pseudonyms was not sealed when the records were loaded: whoever holds the key file and the administration's codes can find out alone.
standing-next = Each page names the ordinary reasons that were looked for first, and what the records could not show.
overview-caption = What was asked, and what came of it
contents-heading = Contents

asked-heading = What was asked
asked-intro = Each question holds the records against the administration's own rules, or against what chance would bring. The questions, the period and the limits were fixed, and their fingerprint stored, before any result of them existed. What proves that is said on the page on checking.
asked-rates = A question is about offices, about acts that officers recorded, or about pairs of officer and declarant, never about the worth of a person. Nothing is added up over questions.
not-asked = The plan left these questions out, so they were not asked:

data-heading = The records that were read
data-intro = Rows read = rows accepted + rows set aside (expected and faulty) + rows for no table, for every file. A row set aside is kept with its reason and its line, and is not used. Rows for no table were read and nothing of them is in the records: the mapping puts them into no table, or that table comes from another file. A file without a table beside it adds to the rows of other files.
files-caption = Rows by file
aside-caption = Rows set aside: faulty ones by office and reason, expected ones by reason
aside-reading = A faulty reason of which an office has a far larger share than of all declarations is worth a look of its own: damaged records hide as well as mislead.
unread-tables = These records were loaded, and no question of this assessment reads them: { $tables }.
unread-rights = Rights that clash are asked about by a command of their own (arusha data clashes) and in the workbench.
glossary-stratum = stratum
glossary-stratum-meaning = Cases that are alike in all that a question holds equal. Only these are compared with each other.
glossary-pool = pool
glossary-pool-meaning = Officers among whom files of one kind are given out.
glossary-pick = pick
glossary-pick-meaning = The officer to whom a declaration was first given, by the system or by hand.
glossary-lot = lot
glossary-lot-meaning = Goods declared together, of one importer at one officer in one week: they count as one draw.
glossary-act = act
glossary-act-meaning = An inspection that an officer entered in the system.
glossary-lane = lane
glossary-lane-meaning = The control channel to which a declaration was sent. Green: released at once. Blue: released, looked at later. Yellow: its documents are checked. Red: its goods are examined.
glossary-procedure = codes such as IM4
glossary-procedure-meaning = The customs procedure as the system writes it: IM4 is import for home use, IM7 import into a warehouse, EX1 export.
glossary-signal-id = Signal id
glossary-signal-id-meaning = The code of 16 letters and digits in grey under a name. It finds this entry in the files, in the workbench and with arusha evidence.
aside-none = No row was set aside.
noted-heading = What the load noted
noted-intro = The rows concerned were read as they are written. What is said here may be harmless, or may have changed an answer: whoever keeps the source can say. Cells of the records are shown by their shape alone.
aside-sum = Of { $n } rows set aside, { $expected } are expected and { $faulty } are faulty.
aside-expected-what = Expected: rows that the administration's system keeps beside those that count, such as earlier versions of a declaration, cancelled declarations, entries that were not in force, or a declaration written once more for each of its items. They can be more than half of a file. They are no fault and take nothing away: of each declaration the version that counts is used.
aside-faulty-what = Faulty: rows that break the agreed form, or that belong to a row that does. What they said is missing from every answer. Whoever keeps the source, or the mapping, can mend them.
aside-expected = expected
aside-faulty = faulty

column-question = Question
column-examined = Examined
column-unusual = Unusual
column-explained = Explained
column-cannot-tell = Cannot tell
column-file = File
column-table = Table
column-rows = Rows
column-accepted = Accepted
column-set-aside = Set aside
column-aside-expected = Set aside, expected
column-aside-faulty = Set aside, faulty
column-aside-kind = Expected or faulty
column-no-table = No table
column-share-faulty = Share faulty
column-office = Office
column-reason = Reason
column-unit = Who or what
column-exposure = Cases
column-observed = Observed
column-expected = Expected
column-effect = Effect as seen, with interval
effect-relative = Effect: difference from the rule as a share of it, with its interval.
effect-ratio = Effect as seen: the share of the cases that count, with its exact interval (each case by itself, the expected share taken as given), and the share expected. Drawn towards like units: observed over expected (1 is as expected), pulled towards what like units show, the more so the less data there is or the less surely the expected number is known; it can lie far from the counts.
effect-share = Effect as seen: the share of the cases that went that way, with its exact interval (each case by itself, the expected share taken as given), and the share expected. Drawn towards like units: by how many points of a hundred the share exceeds that of other declarants' like files, pulled towards no difference, the more so the less data. It cannot be worked out from the counts beside it: what is expected counts this declarant's files too.
effect-own = Effect: in the question's own unit, after shrinkage, with its interval.
effect-expected = expected { $share }
effect-drawn-share = Drawn towards like units: { $effect } points more ({ $interval })
effect-drawn-ratio = Drawn towards like units: { $effect } times what was expected ({ $interval })
effect-drawn-price = Drawn towards like units: { $effect } ({ $interval })
effect-picked = What stands out was picked because it is large: as seen, it is likely too large; drawn towards like units, it can be too small.
effect-column-share = Excess share in points, drawn towards like pairs: interval
effect-column-ratio = Observed / expected, interval
effect-column-relative = Difference from the rule, interval
effect-column-own = Effect, interval
explanation-accounts = found, and explains it
explanation-remains = found, does not explain it
column-q = q
column-word = In words
column-explanation = Explanation looked for
column-officer = officer
column-declarant = declarant
column-lane = Lane

# ``units`` is one of the counts below.
units-different = { $units } ({ $n } different, some in several offices)
units-pair = { $n ->
    [one] one pair of officer and declarant
   *[other] { $n } pairs of officer and declarant
}
units-officer = { $n ->
    [one] one officer
   *[other] { $n } officers
}
units-user = { $n ->
    [one] one user
   *[other] { $n } users
}
units-declarant = { $n ->
    [one] one declarant
   *[other] { $n } declarants
}
units-importer = { $n ->
    [one] one importer
   *[other] { $n } importers
}
units-office = { $n ->
    [one] one office
   *[other] { $n } offices and lanes
}
units-declaration = { $n ->
    [one] one declaration
   *[other] { $n } declarations
}
units-product = { $n ->
    [one] one product
   *[other] { $n } products
}

question-sentence =
    Of { $units } examined, { $flagged ->
        [0] none stands out without an explanation.
        [one] one stands out and the records do not explain it.
       *[other] { $flagged } stand out and the records do not explain them.
    }
question-explained =
    { $explained ->
        [one] One more stood out, and the records explain it.
       *[other] { $explained } more stood out, and the records explain them.
    }
question-none-examined =
    { $cannot ->
        [0] There was nothing to examine.
        [one] The one unit seen had too little data to be examined.
       *[other] None of the { $cannot } units seen had enough data to be examined.
    }
question-chance = If the rule had been followed everywhere, at most about { $k } in 100 assessments like this one would show something at this question.

signals-caption = What stood out, explained or not, in neutral order
signals-left-out =
    { $n ->
        [one] One more row is in signals.parquet.
       *[other] { $n } more rows are in signals.parquet.
    }
verdict-unusual-explained = stood out, explained

explanations-heading = Ordinary reasons, looked for first
explanations-caption = For how many of those that stood out each reason was found
explanations-none-needed = Nothing stood out, so no reason had to be looked for.
cannot-heading = What could not be told
cannot-intro = For these there was too little to say anything, or an honest reason fits as well as another. It does not mean that all is well.
cannot-none = Every unit seen could be examined.
method-found = Found, measured
method-found-text = Of { $planted } schemes of the kinds that it looks for, planted in invented administrations with full records, it found { $found } ({ $share }); of the { $strong } strong ones { $strong_found }. What it did not flag is not thereby in order.
method-found-shared = A scheme that several questions look for counts as found where any of them shows it.
method-found-none = Not measured: no scheme of this kind was planted in the invented administrations.
money-none =
    { $flagged ->
        [0] No amount is given: nothing stands out.
       *[other] No amount is given: for what stands out the records give no tax at stake.
    }
chart-none-out = Of { $units } examined, none stands out
chart-none-unexplained = Of { $units } examined, none stands out without an explanation
chart-none-ordinary = Of { $units } examined, none differs more than such units ordinarily do
chart-headline-untold =
    { $n ->
        [one] { $headline }; one more could not be told
       *[other] { $headline }; { $n } more could not be told
    }

method-heading = How this was worked out
method-unit = What is compared
method-null = Taken as true until the records say otherwise
method-statistic = Test
method-floors = Smallest case looked at
method-floors-text = at least { $exposure } cases, and a difference of at least { $effect }
method-floors-counts = at least { $exposure } cases, and a count at least { $effect } away from what was expected
method-peers = Compared only with others alike in
method-period = Period
method-rate = Rate of false flags
method-rate-text = over many assessments, on average at most { $k } in 100 of what is flagged is expected to be chance
method-false-flags = False flags measured
method-gaming = How it could be got round
method-counter = What is watched against that
method-forbidden = Not to be used for
method-source = Source
method-version = Version of the question
method-plan = Fingerprint of the plan
method-queries = Queries that were run

money-sentence =
    { $n ->
        [one] For the one that stands out at “{ $question }” and is not explained
       *[other] For the { $n } that stand out at “{ $question }” and are not explained
    }, the tax at stake comes to { $amount } ({ $interval }), in national currency.
money-reading = This is an estimate, not a debt of anyone. Its bounds are the sums of the single bounds, which is wide rather than narrow. It can be too high, since what stands out partly by luck looks larger than it is; it can be too low, since goods without like goods are not in it. Amounts of different questions can be the same money: they are not added up.
money-part-of = It is worked out on goods that bore { $compared } of the { $all } in tax on their priced goods: of the rest nothing is said, so the whole may be larger.
money-heading = Revenue at stake

gaps-heading = What could not be assessed
gaps-intro = These questions need records that were not in the extract. Not assessed is neither good nor bad news.
gaps-none = Every question could be assessed with the records given.
gaps-limits = What leaves no trace in the records cannot be seen here: what is agreed outside the system, and cases where everyone concerned wrote the same thing.

check-heading = How to check this report
check-intro = Anyone with the folder and the workspace can repeat every number. DIR is the folder of this assessment.
check-verify = Check the fingerprints and run everything again:
check-evidence = See the rows behind one signal, each with its source file and line:
check-queries = Read the queries: the folder "queries" holds every one that was run, with a comment for each step.
check-workspace = Workspace
check-made = Made with Arusha { $version } at { $at } (UTC).

glossary-heading = Words used
glossary-signal = signal
glossary-signal-meaning = A difference larger than chance would bring, before any explanation was looked for.
glossary-observed = observed
glossary-observed-meaning = What the records show.
glossary-expected = expected
glossary-expected-meaning = What the rule, or chance among like cases, would give on average.
glossary-effect = effect
glossary-effect-meaning = How large the difference is, after estimates from little data were pulled towards the average.
glossary-interval = interval
glossary-interval-meaning = The range that the size is likely to lie in. As seen, a wide one means little data. Drawn towards like units, one of little data mostly shows what like units are. What stands out was picked because it is large, so that its ranges miss the truth more often than those of others.
glossary-q = q
glossary-q-meaning = Of all units that stand out as much as this one or more, the share expected to do so by chance.
glossary-funnel = funnel
glossary-funnel-meaning = A chart of a rate against the number of cases, with limits that narrow as cases grow.
glossary-shrinkage = shrinkage
glossary-shrinkage-meaning = Pulling an estimate towards the average, the more so the less data it rests on.
glossary-pseudonym = pseudonym
glossary-pseudonym-meaning = A code in place of a name: P- stands before a person in the administration, T- before a trader or broker, R- before a representative.
detail-word-items = number of goods items
detail-word-value = declared value
glossary-set-aside = set aside
glossary-set-aside-meaning = A row that is not used and is kept with its reason: it breaks the agreed form, or the system keeps it beside the one that counts.
language-heading = This language

axis-expected-count = Expected count
axis-ratio = Observed / expected
axis-ratio-one = As expected (1)
axis-lane-rate = Share of declarations
axis-parameter = Rate in the rules

chart-assignment-steering-funnel-headline =
    { $n ->
        [one] One pair meets more often than the rule would bring
       *[other] { $n } pairs meet more often than the rule would bring
    }
chart-assignment-steering-funnel-subtitle = Each mark is one officer with one declarant: declarations observed over expected, against the number expected
chart-assignment-steering-matrix-headline = Who met whom in office { $office }
chart-assignment-steering-matrix-subtitle = Declarations observed / expected, for declarants with something that stands out, by officers
chart-assignment-override-funnel-headline =
    { $n ->
        [one] One declarant's files are moved more often than others' at the same moment
       *[other] The files of { $n } declarants are moved more often than others' at the same moment
    }
chart-assignment-override-funnel-subtitle = One mark a declarant: files moved after the first pick, observed over expected, against the number expected
chart-lane-rates-rates-headline =
    { $n ->
        [one] One lane departs from the rate in the rules
       *[other] { $n } lanes depart from the rate in the rules
    }
chart-lane-rates-rates-subtitle = Share of declarations sent to each lane, with its interval, and the rate in force
lane-random = random share
lane-of-procedure = { $procedure }: { $lane }
lane-of-others = other procedures: { $lane }
lane-from = { $lane }, from { $start }
axis-random-share = Share selected at random
axis-minimum = Minimum in the rules
chart-lane-rates-random-headline =
    { $n ->
        [one] One random share is under its minimum
       *[other] { $n } random shares are under their minimum
    }
chart-lane-rates-random-subtitle = Share selected at random among what no criterion selected, with its interval, and the minimum in force
chart-lane-change-without-act-funnel-headline =
    { $n ->
        [one] One closes controls out of order more often than others
       *[other] { $n } close controls out of order more often than others
    }
chart-lane-change-without-act-funnel-subtitle = Controls closed without an act or by a stranger to them, observed over expected, against the number expected
chart-finding-rate-funnel-headline =
    { $n ->
        [one] One finds less in like goods than colleagues, beyond ordinary differences
       *[other] { $n } find less in like goods than colleagues, beyond ordinary differences
    }
chart-finding-rate-funnel-subtitle = Findings observed over expected for the goods examined, one mark an officer, against the number expected
chart-finding-rate-caterpillar-headline = For { $touching } of { $n } the interval includes what was expected
chart-finding-rate-caterpillar-subtitle = Findings observed over expected, after shrinkage, with intervals

next-step = Next: look at the rows behind each unusual entry (the page on checking says how), and ask for ordinary reasons first. This report alone justifies no step about a person.
absent-heading = Records that were not in the extract
limits-heading = What no record can show
table-declarations = declarations
table-assignments = assignments
table-items = goods items
table-inspections = inspection acts
table-events = the system's log
table-officers = officers
table-postings = postings
table-shifts = shifts
table-duties = duties
table-offices = offices
table-calendar = calendar of opening hours
table-parties = traders and brokers
table-assignment-rules = assignment rules
table-assignment-pools = assignment pools
table-selectivity-rules = selectivity rules
zero-line = At the overall rate of { $rate }, finding nothing at all would be unusual only from { $n } examinations.
tax-at-stake = Tax at stake: { $amount } ({ $interval })
axis-expected-findings = Expected findings
axis-found = Share of examinations with a finding
column-selected = How it was selected
selected-random = random, { $lane }
selected-criteria = criteria, { $lane }
chart-finding-rate-random-headline = What was selected at random, apart from what criteria selected
chart-finding-rate-random-subtitle = Examinations with a finding, with intervals. The random share is fair in what it selects, not in what is found.

detail-assignment-steering-accounts = What the records cannot tell: officers avoided, and officers whom several declarants share. It is no finding about anybody and names nobody.
detail-assignment-steering-cancelled = Files of a declarant that hardly ever are cancelled with one officer, though often with all others. It points to files cancelled until that officer is drawn, and flags nobody: ask why they were cancelled.
detail-assignment-steering-offices = What was compared in each office
detail-assignment-steering-pools = Pools of officers that were found, and by what they differ
detail-nameless = One row for each person or pair of whom this table tells. This page names nobody.
detail-left-out = { $n } more rows are in { $file }.
detail-office = Office
detail-draws = Picks
detail-in-batches = In batches, counted once
detail-without-comparison = Without comparison
detail-officers = Officers
detail-declarants = Declarants
detail-declarants-tested = Declarants tested
detail-account = What would look the same
detail-account-officers = Officers
detail-account-declarants = Declarants
detail-pairs = Pairs
detail-officer = Officer
detail-files = Files with the officer
detail-cancelled = Cancelled of these
detail-other-files = Files with others
detail-other-cancelled = Cancelled of those
detail-word-avoidance = an officer who hardly ever has these files (a tenth or less of what would be due)
detail-word-desk = a desk that no rule declares
detail-word-importer = an office in which the importer decides who has a file
detail-word-bundle = an office in which files that wait are handed out in bundles
detail-word-scatter = an office in which officers and declarants meet unevenly as a rule
detail-compared-within = Compared within
detail-feature = Differs by
detail-levels = These together
detail-word-day = day
detail-word-week = week
detail-word-chapter = chapter of goods
detail-word-hour = hour
detail-word-weekday = day of the week
detail-word-section = section
detail-word-procedure = procedure
detail-word-origin = origin
detail-word-lane = lane
chart-assignment-override-matrix-headline = Who received whose files in office { $office }
chart-assignment-override-matrix-subtitle = Files moved after the first pick, observed / expected, for declarants with something that stands out, by officers who received them
detail-assignment-override-by-whom = For what stood out: by whose hand files were moved. Every move counts here that the records do not excuse; the test can count fewer, because it leaves out moves with nothing to compare with.
detail-assignment-override-ordinary = Moves in each office, and those that the records excuse
detail-declarant = Declarant
detail-received-by = Received by
detail-moved-by = Moved by
detail-moves = Moves
detail-moves-of-hand = All moves by this hand in the office
detail-moved = Moved
detail-absent = First pick on leave or in training
detail-off-shift = First pick off the roster

chart-value-shortfall-concentration-headline = Shortfall of the first { $n }: { $share } ({ $interval }) of the tax of all goods compared
chart-value-shortfall-concentration-none = No concentration of low values beyond noise
chart-value-shortfall-concentration-units = Shortfall of tax at the prices of like goods, by how many pairs with the largest shortfall
chart-value-shortfall-concentration-declarants = Shortfall of tax at the prices of like goods, by how many declarants with the largest shortfall
axis-declarants-first = Declarants with the largest shortfall
axis-units-first = Pairs with the largest shortfall
axis-share-of-tax = Share of the tax of all goods compared
chart-value-shortfall-caterpillar-headline = For { $touching } of { $n } the interval includes the price expected
chart-value-shortfall-caterpillar-subtitle = Prices against those expected, one row a unit, after shrinkage, with intervals
axis-price = Difference in price
axis-price-none = No difference (0)
effect-price = Effect as seen: how far prices lie below (minus) or above those expected, as a share; where an amount is given, weighed by tax and with its interval: the amount is worked out from this same gap. Drawn towards like units: the gap in price of the items, pulled towards none, the more so the less data.
effect-column-price = Difference in price, interval

table-thresholds = thresholds
table-roles = roles
table-grants = rights granted
table-role-conflicts = roles that clash
table-transport-documents = transport documents
table-attached-documents = attached documents
table-warehouse = warehouse movements
table-reliefs = reliefs
table-treasury-receipts = treasury receipts
table-forecasts = forecasts
table-payments = payments
table-transit = transit
table-tariff = tariff
table-partner-trade = trade figures of partners
table-reference-prices = reference prices
table-reference-changes = changes of reference tables
table-valuation-advice = valuation advice
table-measures = measures taken
table-incidents = incidents reported

answer-where =
    { $unusual ->
        [one] It concerns one office, { $offices }.
       *[other] { $n ->
            [one] They concern one office, { $offices }.
           *[other] They concern { $n } offices: { $offices }.
        }
    }
answer-where-many = They concern { $n } offices; each page names its own.
notes-heading = What the comparison rests on
note-wide-scatter = Differences of that size are so ordinary here that hardly anything could stand out: where nothing does, it says little.
interval-reading = The test decides what is unusual; the intervals describe how large it is. Where the one drawn towards like units includes { $none }, the size is uncertain although the difference is larger than chance would bring.
same-files = A declarant and its pairs, or an officer and its pairs, rest on the same declarations: they are not separate cases.
examined-only =
    Only what was examined counts here: what was not examined is taken neither as clean nor as a finding. { $n ->
        [0] No examination is recorded as selected at random, so every one was chosen by a criterion.
        [one] The one examination selected at random is all that no criterion chose.
       *[other] The { $n } examinations selected at random are the only ones that no criterion chose.
    }
method-inputs = Records it reads
method-helped = Records that sharpen or clear
method-approval = Approved by
method-approval-none = Nobody yet: no charter is in force. Neither management nor staff representatives have agreed to this question.
chart-numbers-on-paper = The numbers behind this chart are in the report as a file.
quoted-title = “{ $title }”
check-plan = Plan registered
check-plan-text = { $at } (UTC), by this workspace's own register before any result of it. Whoever holds the workspace can rewrite that register: what proves it to others is the plan's fingerprint, given to them beforehand. The plan is in the file plan.yaml
question-none-beyond-chance = Of { $units } examined, none stands out beyond chance.
question-none-beyond-ordinary = Of { $units } examined, none stands out beyond what such units ordinarily differ by.
cannot-unlisted = too little of them in the records to list them one by one
detail-word-main-chapter = main chapter of goods
detail-word-exemption = exemption
detail-word-heading = main heading of goods
detail-word-first-pick = first pick

counted-assignment-steering = Cases: the declarant's picks that were compared. Observed: those that fell on this officer.
counted-assignment-override = Cases: the declarant's files that were compared. Observed: those that ended with another officer than the first pick; of a pair, with this officer.
counted-lane-rates = Cases: declarations under the rule. Observed: those sent to this lane.
counted-lane-change-without-act = Cases: controls that were closed. Observed: those closed without an inspection act, or by someone who was neither their examiner nor a chief.
counted-finding-rate = Cases: examinations. Observed: those with a finding.
counted-value-shortfall = Cases: items that the same importer's goods with other officers stand beside. Observed: their price as a multiple of like goods' or, where there are too few, of the importer's own middle price (1 is the same price). Expected: that of the declarant's goods with other officers.

# Between a name and what is said of it.
colon = {": "}

covered-heading = What the records cover
covered-gaps = { $n ->
    [one] One month without a declaration lies
   *[other] { $n } months without a declaration lie
 } between the first and the last of these offices: { $offices }. Ask for what is missing before reading on.
covered-no-gap = Every office has declarations in every month between its first and its last.
covered-sparse =
    { $n ->
        [one] One office has fewer than { $least } declarations a month on average and none in some months: that says nothing of the extract, and no such month is counted as missing.
       *[other] { $n } offices have fewer than { $least } declarations a month on average and none in some months: that says nothing of the extract, and no such month is counted as missing.
    }
covered-calendar-sparse = No office with enough declarations misses a month
column-aside-here = Of these, at this office
column-declarations-here = Of all declarations, at this office
covered-officer = { $share } of { $n } declarations name an officer who was picked for them or handled them.
covered-no-officer = The records name no officer with a declaration.
covered-acts = { $share } of the { $n } declarations sent to yellow or red have an inspection act.
covered-no-acts = The records hold no inspection acts: what was found, and whether anyone looked, cannot be seen.
covered-outcomes = Outcomes exist only for goods that were inspected: a rate of findings says nothing of the others.
covered-random-unknown = The records do not say which declarations were selected at random, so that no part of them stands for all.
covered-random-none = No declaration is marked as selected at random, so that no part of them stands for all.
covered-random = { $n } declarations were selected at random: they alone stand for all.
covered-random-acts = { $n } declarations were selected at random: they alone stand for all. { $share } of them have an inspection act.
covered-caption = What can be seen of each office
covered-declarations = Declarations
covered-with-officer = Name an officer
covered-controls = Sent to yellow or red
covered-controls-with-act = Of these, with an act
covered-at-random = Selected at random
covered-at-random-with-act = Of these, with an act
covered-first-day = First day
covered-last-day = Last day
covered-month = Month
covered-calendar = No office misses a month
covered-calendar-gaps = { $n ->
    [one] One month is missing
   *[other] { $n } months are missing
 }
covered-calendar-what = Declarations of each office by the month in which they were registered
covered-calendar-value = Declarations
