## How an evaluation's strength of evidence comes about.

effects-grade-most = What was done can give { $most } at most.
effects-grade-no-placebo = One less: the time before is too short for placebo dates.
effects-grade-parts = One less: it is not shown to stand where trends part as much as they did before.
effects-grade-rests = One less: against the last period before alone it would not be told.
effects-grade-amended = One less: another plan of this evaluation was registered before.
effects-grade-displaced = One less: something else became worse.
effects-grade-no-placebo-value = One less: there was no other value to hold the test against.
effects-grade-placebo-jumps = One less: the same test finds a jump at a value where no rule begins.
effects-grade-no-mass = One less: how many lie next to the threshold does not say the same.
effects-grade-mass-unsure = One less: how many lie next to the threshold says the same, but counts only where other values show no jump.
effects-why-all-treated = Every unit is under the measure: none is left to hold them against, and the time before is too short for a series alone (24 periods before and 12 after).
effects-why-too-few-treated = One to three units are under the measure. That asks for some 40 others and 8 periods before, or, where all began together, for 24 periods before and 12 after.
effects-parted = Had trends parted by { $times } times the most they parted before, the mean effect after the start would lie between { $low } and { $high } (held against the last period before it).
ev-parted = Mean effect after the start, had trends parted by so many times the most before (held against the last period before it)
ev-parted-times = Times
effects-records-seen = Results of this plan were made of { $n } different sets of records; these are of the last.
