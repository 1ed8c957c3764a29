## The questions. The texts of a definition are those of the code, word for word; a test compares them.

# assignment-steering
indicator-assignment-steering-title = Work steered to an officer
indicator-assignment-steering-question = Is a declarant's work spread over officers as the office's rule would spread it?
indicator-assignment-steering-unit = officer and declarant, within an office
indicator-assignment-steering-null-hypothesis = Within a stratum (office, section, lane, moment, pool of officers) who is picked does not depend on whose declaration it is.
indicator-assignment-steering-statistic = Declarations of the declarant whose first pick was the officer; one cancelled and lodged again counts once, by the pick that stood. Exact upper tail: Poisson-binomial where the records say who was on duty and the other declarants' picks agree with an even chance, or with a pace of each officer's own; else a sum of hypergeometric counts under fixed margins within strata. Pairs that stand out are set aside while the others are tested. A pair must also stand out if one allows that an officer is avoided, a desk shared, or, where the others' files show it, files given out by importer, files that wait handed out in bundles, or officers and declarants met unevenly as a rule.
indicator-assignment-steering-gaming = Steer fewer than five declarations above expectation; hand the file over after the first pick; lodge when the favoured officer is alone on duty, so that there is no one to compare with; have the officer put on a desk for goods that nobody else brings; favour two officers or more for four declarants or more, as a desk would; of two officers, keep every file from one.
indicator-assignment-steering-counter-indicator = assignment-override (later picks); lodging on the days of one officer (declarant's hours against the roster); desks whose goods are one declarant's, listed as cannot tell; who records specialist desks, and when; officers avoided and desks that no rule declares, listed as cannot tell: ask whether a recusal or a desk was written down.
indicator-assignment-steering-false-flags-per-thousand = Measured in 400 invented administrations without any scheme: 6 of 845,861 units tested were flagged, in 6 administrations (benchmarks/results/scorecard.md).
indicator-assignment-steering-source = In the spirit of Chalendard, Fernandes, Raballand and Rijkers, Corruption in Customs (QJE 2023); Goodman 1968 for quasi-independence; Benjamini and Bogomolov 2014 for families.
explanation-name-specialist-desk = specialist desk
explanation-name-acting-cover = acting for another
explanation-name-batch = lodged together and handed over together
explanation-name-shift-overlap = the same hours of work
explanation-name-posting = posted there for part of the period
explanation-name-leave-of-others = colleagues were away
explanation-name-trainee = in training or new
explanation-name-new-office = a new office
explanation-name-rule-in-force = a rule in force
peer-office = office
peer-section = section
peer-lane = lane
peer-day = day
peer-hour = hour
peer-goods = goods
peer-procedure = procedure
peer-exemption = exemption
peer-roster = roster
peer-declared-rule = declared rule
reason-fewer-than-n-draws = fewer than { $n } picks
reason-a-desk-whose-goods-are-one-declarant-s = a desk whose goods are one declarant's
reason-the-declarant-is-nearly-all-of-the-work = the declarant is nearly all of the work
reason-too-few-draws-beside-those-of-other-officers-and-declarants = too few picks beside those of other officers and declarants
reason-the-officer-has-nearly-all-such-work-whoever-lodges-it = the officer has nearly all such work, whoever lodges it
reason-one-officer-hardly-ever-has-this-declarant-s-files-a-tenth-or-less-of-what-would-be-due-as-where-an-officer-is-recused-not-checked-the-records-hold-no-recusals = one officer hardly ever has this declarant's files (a tenth or less of what would be due), as where an officer is recused (not checked: the records hold no recusals)
reason-several-declarants-meet-the-same-officers-as-at-a-desk-that-no-rule-declares = several declarants meet the same officers, as at a desk that no rule declares
reason-in-this-office-the-importer-decides-who-has-a-file-and-this-declarant-s-importers-may-have-come-to-the-officer-by-chance = in this office the importer decides who has a file, and this declarant's importers may have come to the officer by chance
reason-in-this-office-files-that-wait-are-handed-out-in-bundles-and-this-declarant-s-may-have-come-to-the-officer-by-their-place-in-the-pile = in this office files that wait are handed out in bundles, and this declarant's may have come to the officer by their place in the pile
reason-in-this-office-officers-and-declarants-meet-unevenly-as-a-rule-beyond-what-draws-give-and-this-pair-is-not-clearly-beyond-that = in this office officers and declarants meet unevenly as a rule, beyond what draws give, and this pair is not clearly beyond that
table-times-of-assignment = times of assignment
note-assignment-final-officer = The first pick is not recorded: the officer who handled the declaration in the end was tested, so that a steered pick cannot be told from a later reassignment.
note-assignment-without-shifts = Without a roster of shifts the officers on duty are inferred from the work they did.
note-assignment-without-assignment-rules = Without assignment rules pools of officers are inferred from other declarants' picks.
note-assignment-without-items = Without goods items desks for certain goods cannot be told.
note-assignment-last-exemption = The records hold the exemption of an item in its last version only, so that relief granted after the pick cannot be told from relief asked for before.
note-assignment-no-draws = No declaration of the period has both a lane that needs an officer and a pick.
note-assignment-batches = { $n } of { $total } picks ({ $share }) were lodged together with another one of the same declarant and counted once.
note-assignment-lodged-again = { $n } files were cancelled and the same goods lodged again within { $days } days; in { $other } of them the officer was another one then. Each counts once, by the pick of its last lodging.
note-assignment-cancelled-unchecked = Whether files are cancelled unless a certain officer has them was not checked: the records hold no cancelled files whose first officer is known.
note-assignment-cancelled-few = { $cancelled } files were cancelled after an officer had been picked, too few of any declarant to ask whether files are cancelled unless a certain officer has them.
note-assignment-cancelled = { $cancelled } files were cancelled after an officer had been picked. Of { $asked } pairs of officer and declarant enough of the declarant's files were cancelled to ask whether those with this officer hardly ever are; of { $n } it is said, at the question's rate of false discoveries. That points to files cancelled until the officer is drawn; it flags nobody.
note-assignment-without-comparison = { $share } of the picks counted had no second officer or no second declarant in their stratum and carry no information.
note-assignment-accounts =
    Pairs that stand out from the common rule, and the records cannot tell why: { $n }.{ $avoidance ->
        [0] { "" }
       *[other] { " " }In { $avoidance } of them one officer hardly ever has the declarant's files (a tenth or less of what would be due), and the others share that officer's turn as they share everything.
    }{ $desk ->
        [0] { "" }
       *[other] { " " }In { $desk } of them several declarants meet the same officers, as at a desk that no rule declares.
    }{ $importer ->
        [0] { "" }
       *[other] { " " }In { $importer } of them the importer decides in this office who has a file, and the declarant's importers may have come to the officer by chance.
    }{ $bundle ->
        [0] { "" }
       *[other] { " " }In { $bundle } of them files that wait are handed out in bundles, neighbours to one officer, and the declarant's may have come to the officer by their place in the pile.
    }{ $scatter ->
        [0] { "" }
       *[other] { " " }In { $scatter } of them officers and declarants of the office meet unevenly as a rule, as where it goes by what no record says, and the pair is not clearly beyond that.
    } The records hold no recusals, so that none was checked. A recusal, a desk or an importer's officer that was written down would say which; a ring would look the same.

# assignment-override
indicator-assignment-override-title = Files moved to another officer
indicator-assignment-override-question = Are a declarant's declarations moved from the officer first picked, or moved to one officer, more often than other declarants' at the same moment?
indicator-assignment-override-unit = declarant within an office; officer who received the files, and declarant
indicator-assignment-override-null-hypothesis = Within a stratum (office, section, lane, moment, goods, officer first picked where it matters) whether and to whom a file is moved does not depend on whose declaration it is.
indicator-assignment-override-statistic = Declarations of the declarant that ended with another officer than the first pick (declarant), and those that ended with this officer (pair). Exact upper tail: sum of hypergeometric counts under fixed margins within strata. Moves away from an officer who was on leave, in training or off the roster are left out.
indicator-assignment-override-gaming = Steer the first pick instead; record leave for the officer picked; suspend the officers who are in the way; change the officer outside the system, so that no move is recorded.
indicator-assignment-override-counter-indicator = assignment-steering (first picks); leave and suspensions by who recorded them and how long before; declarations whose officer differs from the last recorded pick.
indicator-assignment-override-false-flags-per-thousand = Measured in 400 invented administrations without any scheme: 0 of 468,859 units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).
indicator-assignment-override-source = Manual examiner assignment exists for files that the officer cannot handle (ASYCUDA World manuals); the new manipulation after third-party assignment in Chalendard and others (QJE 2023).
explanation-name-absence = the officer first picked was away
explanation-name-end-of-shift = the officer first picked was off the roster
peer-first-pick = first pick
peer-absence = absence
note-assignment-no-hand = The records do not say who moved a file (assigned_by).
note-assignment-moved = { $moved } of { $draws } declarations ({ $share }) ended with another officer than the first pick; { $absent } of the moves were away from an officer on leave or in training, { $off_shift } from one off the roster: these are left out.

# lane-rates
indicator-lane-rates-title = Lanes against the selectivity rules
indicator-lane-rates-question = Do declarations go to the lanes at the rates that the selectivity rules declare, and is the random share kept?
indicator-lane-rates-unit = office, by procedure and lane
indicator-lane-rates-null-hypothesis = The engine chose each lane at a rate within a fifth of the declared one (within one point where the declared rate is under 5%), and the random share was not under its minimum.
indicator-lane-rates-statistic = Realised against declared rate in each window in which a rule held: exact binomial tails at the number of independent draws that the scatter between weeks leaves. The random share one-sided, below.
indicator-lane-rates-gaming = Raise the declared rate or lower the minimum afterwards; label criterion hits as random; keep the lane's rate and fill it with goods that carry no risk.
indicator-lane-rates-counter-indicator = Changes of the rules and who made them; finding rate of the random share against that of the criteria (finding-rate); changes of lane without an act (lane-change-without-act).
indicator-lane-rates-false-flags-per-thousand = Measured in 400 invented administrations without any scheme: 0 of 30,595 units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).
indicator-lane-rates-source = Selectivity parameters of ASYCUDA (expected and minimum random rates); Korn and Graubard 1998.
explanation-name-few-weeks = a few weeks make the difference
explanation-name-every-office = every office is off in the same way
peer-window-of-the-rule = window of the rule
reason-two-rules-hold-at-once-and-disagree = two rules hold at once and disagree
reason-under-n-declarations = under { $n } declarations
reason-under-n-weeks = under { $n } weeks
reason-the-declarations-without-a-lane-could-make-the-whole-difference = the declarations without a lane could make the whole difference
reason-the-minimum-promises-under-n-random-selections = the minimum promises under { $n } random selections
note-lane-rates-no-reason = The random share is not assessed: the records do not say why a lane was chosen (lane_reason).
note-lane-rates-no-lane = { $n } of { $total } declarations have no lane and count nowhere.
note-lane-rates-no-rule = { $n } of { $total } declarations fall under no selectivity rule and are held against none.

# lane-change-without-act
indicator-lane-change-without-act-title = Lane changes without an act
indicator-lane-change-without-act-question = Does anyone take declarations out of a control without an inspection act, or without being their examiner or a chief, more often than colleagues do?
indicator-lane-change-without-act-unit = officer or user, and officer with declarant
indicator-lane-change-without-act-null-hypothesis = Within office, lane and month (and within lane and declarant) every closer of controls is as likely to close one out of order as colleagues, up to the scatter of ordinary officers; and no further from colleagues with one declarant than with the others.
indicator-lane-change-without-act-statistic = Exact stratified hypergeometric tail a closer, averaged over what all closers together tell of their ordinary scatter; a pair by the exact test that two groups of 2x2 tables share one odds ratio. By declaration and by batch: the larger p counts.
indicator-lane-change-without-act-gaming = Write an act that says conform a minute before the re-route; leave the lane as it was and release; let the system's own account re-route; work from a chief's terminal.
indicator-lane-change-without-act-counter-indicator = Findings of these officers and pairs (finding-rate); controls released in their lane without any act; re-routes by the system's account, counted in the notes.
indicator-lane-change-without-act-false-flags-per-thousand = Measured in 400 invented administrations without any scheme: 0 of 62,822 units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).
indicator-lane-change-without-act-source = ASYCUDA user manuals (re-route to green ends a control); Zelen 1971; Spiegelhalter 2005.
explanation-name-one-act-for-batch = one act written for a batch
explanation-name-acts-not-kept = acts are not kept there
peer-lane-assigned = lane assigned
peer-month = month
peer-declarant = declarant
peer-rank-examiner-or-chief = rank (examiner or chief)
reason-colleagues-closed-under-n-controls-of-this-declarant = colleagues closed under { $n } controls of this declarant
reason-under-n-controls-of-other-declarants = under { $n } controls of other declarants
reason-under-n-controls-that-colleagues-share = under { $n } controls that colleagues share
reason-colleagues-closed-under-n-controls = colleagues closed under { $n } controls
note-lane-change-no-log = The log of operations is absent: the assigned officer is taken to have closed each control, and a re-route by somebody else cannot be seen.
note-lane-change-no-postings = Postings are absent: who was chief is not known, so a re-route by somebody else is not counted.
note-lane-change-scatter-officer = Officers differ from their like by a factor of { $ratio } in the odds beyond chance, as the { $units } ordinary ones among them tell it; how unsure that is, is allowed for. A unit stands out only beyond that.
note-lane-change-scatter-pair = Pairs differ from their like by a factor of { $ratio } in the odds beyond chance, measured from the middle of { $units } of them; a unit stands out only beyond that.
note-lane-change-scatter-assumed-officer = Too few officers can speak to measure how much they ordinarily differ in their odds of closing a control out of order ({ $units }): a factor of { $ratio } beyond chance is taken as ordinary.
note-lane-change-scatter-assumed-pair = Too few pairs can speak to measure how much they ordinarily differ in their odds of closing a control out of order ({ $units }): a factor of { $ratio } beyond chance is taken as ordinary.
note-lane-change-naive-officer =
    If all officers were held to be alike but for chance, { $naive ->
        [0] none would stand out
        [one] one officer would stand out
       *[other] { $naive } officers would stand out
    }. Beyond the ordinary differences between officers: { $standing }.
note-lane-change-naive-pair =
    If all pairs were held to be alike but for chance, { $naive ->
        [0] none would stand out
        [one] one pair would stand out
       *[other] { $naive } pairs would stand out
    }. Beyond the ordinary differences between pairs: { $standing }.
note-lane-change-nobody = { $n } of { $total } controls name nobody who handled them and count for no officer.
note-lane-change-system = { $n } of { $total } controls were re-routed by the system's own account; they count as nobody's re-route.
note-lane-change-acts-not-kept = In { $office }, { $lane } lane, a share of { $share } of controls ended in a free lane without an act: acts are not kept there, and a missing one says little.

# finding-rate
indicator-finding-rate-title = Findings of like examinations
indicator-finding-rate-question = Does an officer find less than colleagues who examine like goods, or less with one declarant than with the others?
indicator-finding-rate-unit = officer, and officer with declarant
indicator-finding-rate-null-hypothesis = Among examined goods alike in office, section, lane, random selection and kind (and in quarter, and in declarant) every officer is as likely to find something as colleagues, up to the scatter of ordinary strictness; and no further from colleagues with one declarant than with the others.
indicator-finding-rate-statistic = Exact stratified hypergeometric tail of examinations without a finding, averaged over what all officers together tell of ordinary strictness; a pair by the exact test that two groups of 2x2 tables share one odds ratio. By declaration and by batch: the larger p counts. Low side only.
indicator-finding-rate-gaming = Record small findings to keep the rate; examine the clean part of a consignment; leave the act to a colleague.
indicator-finding-rate-counter-indicator = Additional tax against expected beside the rate; values of the same goods (value-shortfall); examinations per declaration and officer.
indicator-finding-rate-false-flags-per-thousand = Measured in 400 invented administrations without any scheme: 6 of 63,928 units tested were flagged, in 6 administrations (benchmarks/results/scorecard.md).
indicator-finding-rate-source = Spiegelhalter 2005 (over-dispersed funnel); Zelen 1971; Knowles, Persico and Todd 2001 (outcome test).
peer-random-selection = random selection
peer-kind-of-goods = kind of goods
peer-quarter = quarter
reason-colleagues-examined-under-n-declarations-of-this-declarant = colleagues examined under { $n } declarations of this declarant
reason-under-n-examinations-of-other-declarants = under { $n } examinations of other declarants
reason-under-n-examinations-of-goods-that-colleagues-examine-too = under { $n } examinations of goods that colleagues examine too
reason-colleagues-examined-under-n-like-declarations = colleagues examined under { $n } like declarations
note-finding-rate-no-reason = The random share cannot be shown apart: the records do not say why a lane was chosen (lane_reason).
note-finding-rate-no-items = Goods are not told apart: items are absent, so that an easy desk may look lenient.
note-finding-rate-no-author = Acts do not name their officer: the examining officer of the declaration is taken to have made them.
note-finding-rate-no-tax = Acts do not say how much tax they added, so that no tax at stake is given.
note-finding-rate-scatter-officer = Officers differ in their odds of finding something by a factor of { $ratio } beyond chance and goods, as the { $units } ordinary ones among them tell it; how unsure that is, is allowed for. A unit stands out only beyond that.
note-finding-rate-scatter-pair = Pairs differ in their odds of finding something by a factor of { $ratio } beyond chance and goods, measured from the middle of { $units } of them; a unit stands out only beyond that.
note-finding-rate-scatter-assumed-officer = Too few officers can speak to measure how much they ordinarily differ in their odds of finding something ({ $units }): a factor of { $ratio } beyond chance is taken as ordinary.
note-finding-rate-scatter-assumed-pair = Too few pairs can speak to measure how much they ordinarily differ in their odds of finding something ({ $units }): a factor of { $ratio } beyond chance is taken as ordinary.
note-finding-rate-naive-officer =
    If all officers were held to be alike but for chance, { $naive ->
        [0] none would stand out
        [one] one officer would stand out
       *[other] { $naive } officers would stand out
    }. Beyond the ordinary differences between officers: { $standing }.
note-finding-rate-naive-pair =
    If all pairs were held to be alike but for chance, { $naive ->
        [0] none would stand out
        [one] one pair would stand out
       *[other] { $naive } pairs would stand out
    }. Beyond the ordinary differences between pairs: { $standing }.
note-finding-rate-nobody = { $n } of { $total } examinations name no officer and count for none.
note-finding-rate-no-lane = { $n } of { $total } examinations are of declarations without a lane and count nowhere.

# value-shortfall
indicator-value-shortfall-title = Values below those of like goods
indicator-value-shortfall-question = Are a declarant's goods valued lower when one officer handles them than when others do? Without officers in the records: are they valued lower than like goods of other declarants?
indicator-value-shortfall-unit = officer with declarant; declarant where the records name no officer
indicator-value-shortfall-null-hypothesis = The prices of an importer's goods of one product, section and quarter, against like goods of other declarants where there are enough and otherwise of one origin, do not depend on which officer handled them, up to the scatter of ordinary pairs and to how low the officer's like goods of other declarants are. For declarants: their prices differ from like goods no more than declarants' ordinarily do.
indicator-value-shortfall-statistic = Mean log unit value against like goods (product, origin, quarter; the declarant left out), less the mean of the declarant's own goods with other officers; goods without like goods against the importer's own of the same product, origin and quarter alone; exact first three moments of drawing lots without replacement, Pearson's type III tail, against ordinary scatter. Low side only.
indicator-value-shortfall-gaming = Declare the right price and too small a quantity; move to products, or change origins and importers, so that no goods of one's own stand beside; have one officer handle all goods of a line; keep each gap small; change the reference prices; have an officer value low for all declarants: such an officer is not found by this question.
indicator-value-shortfall-counter-indicator = Net mass against what documents and scans say; share of goods by declarant that stand beside neither like goods nor the declarant's own with other officers; changes of reference tables; findings (finding-rate).
indicator-value-shortfall-false-flags-per-thousand = Measured in 400 invented administrations without any scheme: 0 of 35,112 units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).
indicator-value-shortfall-source = Unit-value comparison in the spirit of Chalendard and others (QJE 2023); Edgington and Onghena 2007.
explanation-name-one-product = one product makes the difference
peer-product = product
peer-origin = origin
peer-importer = importer
reason-under-n-items-with-like-goods-of-other-declarants = under { $n } items with like goods of other declarants
reason-under-n-items-beside-the-declarant-s-own-with-other-officers = under { $n } items beside the declarant's own with other officers
reason-under-n-lots-on-a-side = under { $n } lots on a side
reason-not-lower-than-the-same-officer-s-like-goods-of-other-declarants-by-more-than-chance-and-what-is-uncertain-of-that-level-allow = not lower than the same officer's like goods of other declarants by more than chance, and what is uncertain of that level, allow
reason-under-n-products = under { $n } products
note-value-no-officer = The records name no officer: declarants are held against like goods of others, which cannot tell a low declaration from cheaper goods.
note-value-no-importer = Importers are not named: a declarant's goods are taken as one importer's.
note-value-no-assessed = Assessed values are absent: values are as declared, and what officers raised is not seen.
note-value-no-tax = Neither rates nor taxes of items are known: no tax at stake is given.
note-value-nothing-priced = No item has a value and a mass or quantity.
note-value-coverage = { $referenced } of { $priced } items ({ $share }) have like goods of enough other declarants to be held against.
note-value-beside-own = { $own } more items are held only against the same importer's goods of the same product, origin and quarter with other officers, which needs no like goods of others.
note-value-few = { $pairs } pairs with few priced items are not listed; they hold { $items } items.
note-value-few-declarants = { $declarants } declarants with few items that have like goods are not listed.
note-value-scatter = Ordinary pairs differ from the declarant's own prices by { $share } beyond chance, measured from the middle of { $units } of them; a pair stands out only beyond that.
note-value-scatter-assumed = Too few pairs can speak ({ $units }) to measure how much ordinary ones differ from the declarant's own prices: { $share } beyond chance is taken as ordinary.
note-value-naive =
    If all pairs were held to be alike but for chance, { $naive ->
        [0] none would stand out
        [one] one pair would stand out
       *[other] { $naive } pairs would stand out
    }. Beyond the ordinary differences between pairs: { $standing }.
note-value-officer-level = In { $office }, pairs whose prices are low beside the declarant's own goods with colleagues, but not lower than the same officer's like goods of other declarants by more than chance, and what is uncertain of that level, allow: { $pairs }; officers in them: { $officers }. Used goods or another grade under one code, a desk for cheaper goods, or officers who value low for all: prices alone cannot tell which. Ask the office which goods go to whom.
note-value-scatter-declarants = Declarants' prices ordinarily differ by { $share } from like goods, measured from the middle of { $units } of them; one stands out only beyond that. Cheaper goods look the same as low values.
