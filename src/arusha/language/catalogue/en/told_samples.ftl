## What is wrong with a survey or a profile, and what to do (told-do-).

told-sv-two-meanings = a code that stands for an answer and for none: { $codes }
told-sv-yes-and-no = a code that stands for yes and for no: { $codes }
told-sv-labels-absent = { $n } of { $size } labels are missing ({ $rows })
told-sv-populations = one stratum (or cluster) has populations of { $first } and { $second } units
told-sv-one-cluster = no error is known of { $labels }: it lies in one cluster
told-sv-probability = a probability outside 0 to 1
told-sv-group-one-cluster = a group lies in one cluster: how it would differ with another one is not known
told-sv-no-respondents = { $n } respondents
told-sv-reach = a power of { $reach } to be reached
told-sv-counts-alike = all counts of each list are alike, which says nothing of how surely
told-sv-level = a level of { $level }
told-sv-waves-named = two waves bear one name
told-sv-no-share = { $value } is no share, and its worst and best values are shares
told-do-sv-two-meanings = Name each code once.
told-do-sv-yes-and-no = Name each code once.
told-do-sv-labels-absent = Say where each respondent belongs; who is missing would make a group of its own.
told-do-sv-populations = Give all of one stratum the number of units that it holds.
told-do-sv-one-cluster = Name pairs without it; where each office is to be compared, the office is a stratum.
told-do-sv-probability = Give 0.5 for the median.
told-do-sv-group-one-cluster = Compare groups that several clusters have.
told-do-sv-no-respondents = Give one or more.
told-do-sv-reach = Give one between 0 and 1.
told-do-sv-counts-alike = Check the column; a list whose items nobody (or everybody) holds protects no one either.
told-do-sv-level = Give 0.95 for 95%.
told-do-sv-waves-named = Name each by its time.
told-do-sv-no-share = Write 0.41 for 41%, or give worst and best in percent too.
