## What respondents read before a sensitive question.

script-list-ask = We show you { $items } statements. Count how many of them hold for you and tell us the number only. Do not tell us which ones.
script-list-why = Nobody, not even we, can know from the number what holds for you, unless none or all do.
script-forced-ask = Throw the die where nobody sees it. If it shows { $truth }, answer the question truthfully. If it shows { $yes }, say yes. If it shows { $no }, say no.
script-forced-why = Keep the die to yourself. Your answer may come from the die alone, so it tells nobody what holds for you.
script-crosswise-ask = Below are two statements. Say only whether both or neither hold for you, or exactly one of them.
script-crosswise-why = Since nobody knows about the first statement, nobody can know about the second.
script-promise = You may leave out any question. Results are shown for groups of at least { $smallest } people only.
