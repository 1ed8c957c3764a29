## What became of the innocent explanations: one sentence each, with the values that the records gave.

# Duties of an officer. $detail is text of the records and stays as it was written.
told-duty-specialist-desk = On a specialist desk from { $start } to { $end }.
told-duty-specialist-desk-for = On a specialist desk (“{ $detail }”) from { $start } to { $end }.
told-duty-acting-for = Acting for another officer from { $start } to { $end }.
told-duty-acting-for-for = Acting for { $detail } from { $start } to { $end }.
told-duty-training = In training from { $start } to { $end }.
told-duty-training-for = In training (“{ $detail }”) from { $start } to { $end }.
told-doubt-when = It is not known when this was written down, so it does not clear.
told-doubt-late = It was written down after it had begun, so it does not clear.
told-doubt-who = It is not known who wrote it down, so it does not clear.
told-doubt-gains = It was written down by someone who may gain from it, so it does not clear.
told-cover-cannot-be-told = What this covers cannot be told from the records.

# What is left without what an explanation covers.
told-left-nothing = Without that nothing is left to compare.
told-left-cases = Without that: { $observed } of { $n }, against { NUMBER($expected, maximumFractionDigits: 1) } expected.
told-left-picks =
    Without that: { $observed } of { $n ->
        [one] one pick
       *[other] { $n } picks
    }, against { NUMBER($expected, maximumFractionDigits: 1) } expected.
told-left-moves =
    Without that: { $observed } of { $n ->
        [one] one file moved
       *[other] { $n } files moved
    }, against { NUMBER($expected, maximumFractionDigits: 1) } expected.
told-left-out-of-order =
    Without that: { $observed } of { $n ->
        [one] one control
       *[other] { $n } controls
    } closed without an act or by someone else, against { NUMBER($expected, maximumFractionDigits: 1) } expected.
told-left-no-finding =
    Without that: { $observed } of { $n ->
        [one] one examination
       *[other] { $n } examinations
    } without a finding, against { NUMBER($expected, maximumFractionDigits: 1) } expected.
told-left-price-lower =
    Without that: prices { NUMBER($share, style: "percent", maximumFractionDigits: 1) } lower than with other officers, over { $n ->
        [one] one item
       *[other] { $n } items
    }.
told-left-price-higher =
    Without that: prices { NUMBER($share, style: "percent", maximumFractionDigits: 1) } higher than with other officers, over { $n ->
        [one] one item
       *[other] { $n } items
    }.
told-chance = Chance alone would bring as much or more with probability { NUMBER($p, maximumSignificantDigits: 2) }.
told-chance-small = Chance alone would bring as much or more with probability under { NUMBER($p, maximumFractionDigits: 3) }.

# Who was there.
told-hired = In the service since { $since }; new officers are often given simpler work.
told-posted = Posted to { $office } from { $start }.
told-posted-until = Posted to { $office } from { $start } to { $end }.
told-away =
    { $n ->
        [one] One colleague was away for part of the period.
       *[other] { $n } colleagues were away for part of the period.
    }
told-first-day = The office's first declaration is of { $day }.
told-allowed-by-day = The test allows for this: picks are compared only with others of the same day, or of the same week where an office has little work.

# Rules of the office. $method is random, rota, workload or manual.
told-rule = Rule of the office: work is given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    }.
told-rule-pool = Rule of the office: work is given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    } within the pool { $pool }.
told-rule-goods = Rule of the office: goods { $goods } are given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    }.
told-rule-pool-goods = Rule of the office: goods { $goods } are given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    } within the pool { $pool }.
told-rule-section = Rule of the office: work of the section { $section } is given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    }.
told-rule-pool-section = Rule of the office: work of the section { $section } is given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    } within the pool { $pool }.
told-rule-goods-section = Rule of the office: goods { $goods } in the section { $section } are given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    }.
told-rule-pool-goods-section = Rule of the office: goods { $goods } in the section { $section } are given out { $method ->
        [manual] by hand
        [rota] in turn
        [workload] by workload
        [random] at random
       *[other] by “{ $method }”
    } within the pool { $pool }.
told-rules-more =
    { $n ->
        [one] One more rule of the office is in the records.
       *[other] { $n } more rules of the office are in the records.
    }
told-allowed-by-rule = The test allows for this: picks are compared only under the same rule.

# Of one question alone.
told-batch = { NUMBER($share, style: "percent", maximumFractionDigits: 0) } of the picks follow another of the same declarant within { $minutes } minutes; here they count once.
told-same-hours = Hour by hour, the officer is due more of this declarant's work.
told-hours-picks =
    Compared hour by hour: { $observed } of { $n ->
        [one] one pick
       *[other] { $n } picks
    }, against { NUMBER($expected, maximumFractionDigits: 1) } expected.
told-hours-moves =
    Compared hour by hour: { $observed } of { $n ->
        [one] one file moved
       *[other] { $n } files moved
    }, against { NUMBER($expected, maximumFractionDigits: 1) } expected.
told-hours-left-out =
    Of { $n ->
        [one] one file
       *[other] { $n } files
    }, { $alone } lie in hours in which nobody else lodged and are left out; { $one } lie in hours in which all or nearly all files went to one officer, and are left out of the chance.
told-hours-thin =
    The answer hour by hour is thin: it rests on { $n ->
        [one] one file
       *[other] { $n } files
    }.
told-moves-off-shift =
    { $n ->
        [one] One file of this declarant was moved while the officer first picked was off the roster; it is left out of the test.
       *[other] { $n } files of this declarant were moved while the officer first picked was off the roster; they are left out of the test.
    }
told-moves-absent =
    { $n ->
        [one] One file of this declarant was moved while the officer first picked was on leave or in training; it is left out of the test.
       *[other] { $n } files of this declarant were moved while the officer first picked was on leave or in training; they are left out of the test.
    }
told-one-act-for-batch = Counting an act on one declaration for all that the declarant had closed that day:
told-acts-not-kept = In the { $lane ->
        [green] green
        [blue] blue
        [yellow] yellow
        [red] red
       *[other] { $lane }
    } lane at least half of the office's controls end without an act.
told-allowed-by-lane = The test allows for this: lanes are compared apart.
told-one-product = Without product { $product } of one importer nothing stands out. It may be another grade of goods.
told-few-weeks =
    Without { $n ->
        [one] the week
       *[other] the { $n } weeks
    } furthest off, the rate is { NUMBER($rate, style: "percent", maximumFractionDigits: 1) } against { NUMBER($declared, style: "percent", maximumFractionDigits: 1) } in the rules.
told-every-office =
    { $n ->
        [one] Of one other office under the same rule, { $same ->
            [0] none is off by as much in the same direction.
           *[other] one is off by as much in the same direction.
        }
       *[other] Of { $n } other offices under the same rule, { $same ->
            [0] none is off by as much in the same direction.
            [one] one is off by as much in the same direction.
           *[other] { $same } are off by as much in the same direction.
        }
    }
table-another-office-under-the-same-rule = another office under the same rule
