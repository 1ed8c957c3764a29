## The fixed vocabulary for uncertainty. These words mean the same everywhere and are translated once.

verdict-cannot-tell = cannot tell
verdict-within-expected-scatter = within expected scatter
verdict-unusual = unusual
verdict-unusual-and-persistent = unusual and persistent
verdict-confirmed = confirmed

verdict-cannot-tell-meaning = There are too few cases to say anything, or an honest reason fits the records as well. It does not mean that all is well.
verdict-within-expected-scatter-meaning = The difference is no larger than chance alone would bring.
verdict-unusual-meaning = The difference is larger than chance and ordinary variation would bring. It has not been looked into.
verdict-unusual-and-persistent-meaning = It was unusual in two periods running. It has not been looked into.
verdict-confirmed-meaning = A competent body decided so after hearing the person. No statistic can say this.

## Lines that stand on every output.

standing-line = A signal is a reason to look, not a finding.
p-below = below { $value }
standing-line-explained = A signal is a reason to look, not a finding. About { $count } of { $of } such signals were closed as explained.
unexplained-is-neutral = “Not explained” is neutral: the records offer no explanation, which does not mean that there is none.
study-line = Study: nobody agreed to these questions. Not to be used about any person.
demo-line = DEMO: Republic of Examplia, invented data, seed { $seed }.
forbidden-uses = Not evidence of an offence by any person. Not an input to pay, promotion or discipline.
position-is-not-a-rank = Position does not order people or offices.
nothing-leaves = Nothing leaves this computer.
not-assessed-needs = Not assessed: needs { $needs }.
not-checked-needs = Not checked: needs { $needs }.

## Who has read the translation.

review-native-speaker-yes = A native speaker of English has read this text.
review-native-speaker-no = No native speaker of English has read this text yet.

## What explanations can be.

explanation-found = found
explanation-not-found = not found
explanation-not-checked = not checked

## Terms of the field.

term-declaration = { $count ->
    [one] declaration
   *[other] declarations
}
term-declarant = declarant
term-officer = examining officer
term-office = customs office
term-importer = importer
term-user = user
term-product = product
term-pair = officer and declarant
term-lane = control channel
lane-green = green
lane-blue = blue
lane-yellow = yellow
lane-red = red
