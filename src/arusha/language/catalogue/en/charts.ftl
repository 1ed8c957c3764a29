# Fixed words of the charts: the key, the axes' notes, the columns of the tables behind them.

chart-no-value = none
chart-interval = { $low } to { $high }
chart-flagged = Unusual: stands out
chart-explained = Stood out, explained by the records
chart-within = Within expected scatter
chart-within-grid = Within expected scatter (a larger dot is more of them)
chart-limit-95 = { $level } limit (expected scatter)
chart-limit-998 = { $level } limit
chart-limit-wide = { $level } limit, allowing for ordinary differences between units
chart-zero-zone = Grey: below { $n }, even zero is not unusually low
chart-position-not-rank = A position in this chart is not a rank. Limits are for drawing; the word for each unit comes from its own test in the table.
chart-beyond-edge =
    { $n ->
        [one] One mark with little data lies above the picture and is drawn at its edge.
       *[other] { $n } marks with little data lie above the picture and are drawn at its edge.
    }
chart-funnel-alternative =
    Scatter chart of { $units }. Across: { $x }. Up: { $y }. Curved limits narrow as exposure grows.
    { $flagged ->
        [0] None stands out.
        [one] One stands out and is in the table of this question.
       *[other] { $flagged } stand out and are in the table of this question.
    }
    { $explained ->
        [0] { "" }
        [one] One more stood out and is explained by the records.
       *[other] { $explained } more stood out and are explained by the records.
    }
chart-column-units = Units
chart-column-middle = Middle value
chart-column-middle-95 = Middle { $share } of units
chart-column-flagged = Unusual
chart-column-explained = Explained
chart-column-raw = Before shrinkage
chart-column-shrunken = After shrinkage
chart-column-interval = Interval
chart-column-observed = Observed
chart-column-expected = Expected
chart-column-ratio = Observed / expected
chart-column-office = Office
chart-column-n = Declarations
chart-column-rate = Rate seen
chart-column-lane-from = Lane assigned
chart-column-lane-to = Lane at clearance
chart-column-outcome = Outcome
chart-column-share = Share of all

chart-shrunken = Estimate after shrinkage, with its interval
chart-raw = Before shrinkage
chart-band = Grey band: the middle { $share } of { $n } other units
chart-caterpillar-note = Units stand in a neutral order. A test decides what is unusual, not whether an interval includes what was expected. Shrinkage pulls units with little data towards the average: near it, little data means “cannot tell”, not “fine”.
chart-caterpillar-alternative =
    { $n ->
        [one] One unit, one row. Across: { $x }.
       *[other] { $n } units, one row each, in a neutral order. Across: { $x }.
    } The intervals of { $touching } include { $benchmark }. Standing out: { $flagged }.

chart-matrix-corner = Down: { $rows }. Across: { $columns }.
chart-matrix-flagged = Thick frame: unusual. Thin frame: stood out, explained by the records
chart-matrix-reading = Each cell: observed / expected. Blank: under 1 expected, too little to say anything. A dot: not tested.
chart-matrix-cell = { $observed } / { $expected }
chart-matrix-note = Officers and declarants stand in a neutral order. Intervals are with the numbers behind this chart.
chart-matrix-alternative =
    Grid of { $rows } by { $columns }: { $n } tested pairs, each with observed divided by expected.
    { $over } have half as many again or more. Standing out: { $flagged }.

chart-rate-seen = Rate seen, with its interval
chart-rates-alternative =
    { $n } rates with intervals. Across: { $x }. In { $inside } of them the interval includes the { $parameter }. Standing out: { $flagged }.

chart-rates-alone-alternative = { $n } rates with intervals. Across: { $x }. Standing out: { $flagged }.
chart-rates-floor-alternative = { $n } rates with intervals. Across: { $x }. In { $below } of them the whole interval lies below the { $parameter }. Standing out: { $flagged }.
chart-rates-left-out = { $n } more rates are in the chart tables of this question, in the folder “tables”.

chart-alluvial-from = Lane assigned
chart-alluvial-to = Lane at clearance
chart-alluvial-outcome = Outcome
chart-alluvial-other = Other, smaller flows
chart-alluvial-alternative = { $n } declarations flow from the lane assigned, to the lane at clearance, to the outcome. The largest flow is { $largest }, { $share } of all.
chart-alluvial-note = Flows of fewer than { $least } declarations are merged.
chart-concentration-seen = Share of the tax of all goods compared, with its interval
chart-concentration-alternative = { $y }. First { $first }: { $share }. All { $all }: { $whole }. Dots with intervals between.
chart-concentration-note = Units are put in order by one half of the weeks and counted by the other, so that noise adds nothing. No one is named. A negative share means that prices there were above those of like goods.

chart-calendar-gap = Framed: no declaration, though the office has some before and after
chart-calendar-note = Shade: up to half of the office's middle month, up to one and a half, more. A dot: before its first or after its last month. The first and the last month may be cut by the period.
chart-calendar-thousands = Figures are in thousands.
chart-calendar-alternative = Declarations of { $rows } offices in { $columns } months. Months without a declaration between an office's first and last: { $gaps }.

chart-shares-seen = Share with its interval
chart-shares-expected = Expected from earlier loads
chart-shares-out = Unusual: above what was expected
chart-shares-alternative = { $n } shares in the order of time, each with its interval. Upwards: { $value }. Above what was expected: { $out }. Too few before them to expect anything: { $unknown }.
chart-shares-left-out = Earlier ones are in the table only: { $n }.

chart-study-treated = Units under the measure
chart-study-others = Other units
chart-study-start = Upright stroke: the measure begins
chart-study-announced = Dotted upright line: it was announced
chart-study-effect = Effect, with a band that holds all at once
chart-study-reference = Last period before: 0 by construction
chart-study-other = An untreated unit
chart-study-diamond = Diamond: units under the measure together
chart-study-note = Every dot is a difference from the last period before the start, so those before show whether units ran alike; if they pass, that proves little, because such tests seldom see slow drifts.
chart-study-note-all = Every dot is a difference from the mean of all periods before the start, so those before show whether units ran alike; if they pass, that proves little, because such tests seldom see slow drifts.
chart-study-means-alternative = { $y } in { $n } periods, { $first } to { $last }: means of units under the measure (thick line) and of other units (dashed line).
chart-study-effects-alternative = Effects by { $n } periods since the start. Bands that leave out 0: { $before } before the start, { $after } of { $since } from the start on.
chart-study-spread-alternative = Changes of { $n } untreated units beside that of the units under the measure, { $treated }; { $beyond } lie as far from 0.
chart-threshold-line = Upright stroke: the threshold
chart-threshold-within = Filled: where it pays to be
chart-threshold-beyond = Outlined: beyond
chart-threshold-placebo = Dotted upright line: no rule begins here
chart-threshold-side = Side
chart-threshold-alternative = { $n } declared values in { $bins } bins around the threshold { $at }: { $within } in the last bin where it pays to be, { $beyond } in the first bin beyond.
chart-timeline-rows = Records
chart-timeline-towards = Point towards
chart-timeline-away = Point away
chart-timeline-neither = Count for neither
chart-timeline-month = Month
chart-timeline-alternative = Records in { $n } months. Pointing towards: { $towards }. Pointing away: { $away }. Counting for neither: { $neither }.
chart-timeline-left-out = Earlier months are in the table only: { $n }.
