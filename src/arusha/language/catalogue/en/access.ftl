# Access to declarations: the log's quality, reasons, counts by office.
access = Access to declarations
wb-access = Access
access-what = Whether the log is good enough, which looks and acts agreed reasons explain, and what is left, by office
wb-access-what = Whether the log is good enough, which looks and acts agreed reasons explain, and what is left, by office
wb-errand-explain = Count what reasons explain
wb-errand-draw = Draw the month's sample
wb-errand-cut = Make a table that the union asked for
problem-CutError = The table cannot take this step now, or not from you; nothing was recorded.
gov-two-reason = Agree to a reason that explains looks
wb-reason-reason-check = Checking a reason that was proposed
problem-TemplateError = The reason cannot take this step now, or not from you, or cannot be written so; nothing was recorded.
problem-SampleError = The month's sample cannot take this step now, or not from you; nothing was recorded.
access-lead = Each entry of the log by which an officer looked at a declaration or acted on it is held against reasons that were agreed to. Offices are counted, nobody by themselves.
access-neutral = Unexplained is neutral: a reason may be lacking, or the table that it reads was not delivered. It says nothing about anybody.
access-running = A count waits or runs. Load this page again in a while.
access-job = Open the job
access-ended-failed = The last count could not be done.
access-ended-stopped = The last count was stopped.
access-ended-interrupted = The last count was interrupted.
access-ask-again = Ask for it again below.
access-others-ask = The integrity lead, an analyst or the data steward can ask for it again.
access-former = This was counted over former records. Count again.
access-other-reasons = Other reasons are in force now than when this was counted. Count again.
access-count = Count
access-count-again = Count what it would explain
access-not-counted = Not counted yet.
access-count-first = Not counted yet. Begin with the button above.
access-others-first = The integrity lead, an analyst or the data steward can ask for the count.
access-quality = Quality of the log
access-quality-what = Measured first: in a poor log, honest work looks unexplained. Beyond a limit nothing is counted.
access-measure = What is measured
access-share = Share
access-limit = Limit
access-verdict = In words
access-at-least = at least { $share }
access-at-most = at most { $share }
access-no-limit = none
access-stops = beyond the limit
access-passes = within the limit
access-measure-user = Entries with a user
access-measure-time = Entries with a day
access-measure-clock = Entries with a time of day
access-measure-action = Entries with an action
access-measure-record = Entries that should touch a record and name it
access-measure-reason = Entries that should touch a record and give a reason
access-measure-terminal = Entries of a person that name the workstation
access-measure-two-places = Hours in which one account worked from two workstations
access-measure-silent-days = Days on which an office registered declarations and the log is silent about it
access-measure-before-registration = Entries about a declaration more than a day before it was registered
access-stopped = Nothing is counted before this is mended. To be asked of information technology:
access-mend-user = Write the user's account into every entry.
access-mend-time = Write the day into every entry.
access-mend-clock = Write the time of day into every entry: with days alone, before and after cannot be told apart.
access-mend-action = Write into every entry what was done.
access-mend-record = Write the declaration, or the object touched, into every entry that touches one.
access-mend-two-places = Give each person an account of their own: one account worked from two workstations within an hour too often.
access-mend-silent-days = Deliver the days that are missing: the log is silent on days on which offices registered declarations.
access-mend-before-registration = Set the clocks: entries stand long before the declarations that they touch.
access-lacks = These are lacking in the records:
access-by-office = By office
access-by-office-what = Entries of officers that touch a declaration, by the declaration's office. Looks are views, prints and exports; all else is an act.
access-looks = Looks
access-acts = Acts
access-entries = Entries
access-explained = Explained
access-unexplained = Unexplained
access-own = One's own declaration
access-all = All offices
access-few = fewer than 10
access-withheld = withheld
access-withheld-what = Counts are given to the nearest five. Withheld is what stands for fewer than ten entries or ten officers, what is mostly one officer's, and what would give such a count away by subtraction.
access-own-what = Whoever is declarant or importer of the declaration that they touch is counted apart, and no reason explains it. Whether it is a relative's cannot be told: no table says so.
access-own-cannot = Whether anybody touched a declaration of their own cannot be told: in these records officers and traders bear identifiers of two kinds. Nor can it be told of relatives.
access-others = Beside these, { $n } entries touch a declaration and are by users in no register of personnel: traders, agents, other systems, or accounts that nobody answers for.
access-others-few = Entries by users in no register of personnel are fewer than ten, or of fewer than ten users.
access-counted-at = Counted { $when }.
access-chart-looks = Looks that no reason explains, by month
access-chart-acts = Acts that no reason explains, by month
access-chart-what = Share of the month's entries with its 95% interval; months that may not be told are left out
access-chart-alternative = Shares of { $n } months, each with its interval. The table has the numbers.
access-share-unexplained = Share unexplained
access-no-chart = No chart by month: fewer than two months have counts that may be told.
access-reasons = Reasons
access-reasons-what = Proposed by one person, agreed to by a data steward and a union reviewer. Each is data of a fixed vocabulary; the statement that it stands for is shown with it.
access-reason = Reason
access-overlap = One entry may have several reasons, so these numbers do not add up.
access-not-checked = Not checked. These are lacking in the records:
access-no-reason = There is no reason yet: everything is unexplained. Begin with those for whom the system assigns work.
access-add = Add a reason
access-add-what = Choose the kind. Afterwards you see how many entries it would explain, before anybody agrees.
access-state-waiting = waits for agreement
access-state-in-force = in force
access-state-declined = declined
access-state-withdrawn = withdrawn
access-state-replaced = replaced
access-state-unreadable = not in force: its words were expunged, or the program understands something else by them now
access-unreadable = A reason that cannot be read any more
access-version = version { $n }
access-of-looks = (looks)
access-of-acts = (acts)
access-of-both = (looks and acts)
access-is-examiner = Examining officer of this declaration, from the day of assignment { $days ->
    [one] until the day after
   *[other] until { $days } days after
 }
access-is-assigned = Assigned to this declaration, first or later, from the day of the pick { $days ->
    [one] until the day after
   *[other] until { $days } days after
 }
access-is-assigner = Gave this declaration to its officer, from the day before { $days ->
    [one] until the day after
   *[other] until { $days } days after
 }
access-is-inspector = Carried out an inspection act of this declaration, within { $days ->
    [one] a day of it
   *[other] { $days } days of it
 }
access-is-posted = Posted that day in the declaration's office as { $role }
access-is-duty = On a duty recorded beforehand by somebody else ({ $duty }), posted that day in the declaration's office
access-is-answer = Within { $hours ->
    [one] an hour
   *[other] { $hours } hours
 } after somebody else's entry “{ $action }” on the same declaration
access-is-order = Order { $reference } covers { $traders }, for officers of unit { $unit }, from { $since } to before { $until }
access-is-order-counted = Order { $reference } covers { $n ->
    [one] one trader
   *[other] { $n } traders
 }, for officers of unit { $unit }, from { $since } to before { $until }
access-role-chief = chief
access-role-supervisor = supervisor
access-duty-acting-for = acting for somebody
access-duty-specialist-desk = specialist desk
access-duty-training = training
access-kind-examiner = Examining officer of this declaration
access-kind-examiner-what = The user is the officer who handled the declaration.
access-kind-assigned = Assigned to this declaration
access-kind-assigned-what = The user was picked for the declaration, by the system or by somebody.
access-kind-assigner = Gave this declaration to its officer
access-kind-assigner-what = The user made a pick for the declaration, and looked at it to do so.
access-kind-inspector = Carried out an inspection act
access-kind-inspector-what = The user signed an inspection act of the declaration.
access-kind-posted = Chief or supervisor of the declaration's office
access-kind-posted-what = The user was posted in that office on that day. Being an examiner of the office is no reason by itself.
access-kind-duty = On a recorded duty
access-kind-duty-what = Such as acting cover. It counts only if it was recorded before the entry, and not by the officer.
access-kind-answer = Answer to an entry of somebody else
access-kind-answer-what = Such as a query that was answered, or an amendment that was looked at.
access-kind-order = Covered by an order
access-kind-order-what = Such as an audit order for a trader. Only for officers of the unit that carries it out.
access-reads = Reads
access-applies = What it explains
access-applies-looks = Looks: view, print, export
access-applies-acts = Acts: everything else
access-applies-both = Looks and acts
access-field-days = Days
access-field-hours = Hours
access-field-role = Posted as
access-field-duty = Duty
access-field-action = The other entry's action, as the log writes it
access-field-reference = Number of the order
access-field-unit = Unit of the officers, as the register of personnel writes it
access-field-traders = Traders, as these records write them
access-field-from = From
access-field-until = Until before
access-hint-number = A whole number from 1 to { $most }.
access-hint-action = Letters, figures, points, dashes and strokes; 40 at most.
access-hint-code = Letters, figures, points, dashes and strokes; 40 at most. No names.
access-hint-codes = One to ten codes, with spaces between them. No names.
access-hint-day = A day such as 2026-01-31.
access-wrong-days = write a whole number within the range
access-wrong-hours = write a whole number within the range
access-wrong-role = choose one of the list
access-wrong-duty = choose one of the list
access-wrong-action = write the code only
access-wrong-code = write the code only
access-wrong-codes = write one to ten codes
access-wrong-day = write a day such as 2026-01-31, the second after the first
access-propose = Propose
access-propose-what = It is recorded that you proposed it. It explains nothing before two other people agree.
access-proposed-by = Proposed by { $who }, { $when }.
access-would = What it would explain
access-all-entries = Entries of officers that touch a declaration
access-explains-alone = Explained by this reason alone
access-explains-beyond = Explained by none of those in force, and by this one
access-left-before = Unexplained by the reasons in force
access-left-after = Unexplained with this reason too
access-sample = Entries drawn to check it
access-sample-what = { $n ->
    [one] One entry
   *[other] { $n } entries
 } of those that it would explain were drawn at random by the reason's own digest: nobody can draw again until a sample pleases.
access-sample-found = Of the sample { $holds } hold, { $fails } do not, of { $unclear } it cannot be told. Checked by
access-sample-unchecked = No steward has checked the sample yet.
access-sample-open = Open the sample
access-sample-not-yours = The sample is opened by a steward or an analyst, for a recorded purpose. Who speaks for the staff sees counts and what the check found, and no entry.
access-sample-none = No sample was drawn: it explains fewer than ten entries, or those of fewer than ten officers.
access-sample-drawn = { $n ->
    [one] One entry
   *[other] { $n } entries
 }, drawn with the seed
access-sample-numbered = Officers and declarations are numbered for this sample alone; the numbers lead nowhere else.
access-user = Officer
access-declaration = Declaration
access-action = Entry
access-day = Day (UTC)
access-gap = Since the reason began
access-hours-after = { $n ->
    [one] one hour after
   *[other] { $n } hours after
 }
access-hours-before = { $n ->
    [one] one hour before
   *[other] { $n } hours before
 }
access-check = What you found
access-check-what = How many of the { $n } does the reason rightly explain? The three numbers make { $n } together.
access-check-holds = It holds
access-check-fails = It does not hold
access-check-unclear = Cannot tell
access-check-record = Record
access-purpose = Why do you open this sample?
access-purpose-what = Your answer is recorded in the ledger before the sample opens, for half an hour. The auditor reads it.
access-agreement = Agreement
access-agreement-what = A data steward and a union reviewer agree, two people who did not propose it. Until then it explains nothing.
access-as-steward = As data steward
access-as-union = As union reviewer
access-not-yet = not yet
access-another = Another person agrees than who proposed it or gave the other half.
access-approve = Agree as data steward
access-agree = Agree as union reviewer
access-why-waiting = Why it is declined
access-why-in-force = Why it is withdrawn
access-end-waiting = Decline
access-end-in-force = Withdraw
access-meaning = What it means exactly
access-statement = The statement that the program runs
access-digest = Digest of what is agreed to:
access-new-version = Propose another version
access-versions = Versions
access-months = Monthly samples
access-months-card = Each month some entries that no reason explains are drawn for people to look at, and officers can be asked about them.
access-months-what = Up to { $n } entries of a month that no agreed reason explains. The seed is announced in the ledger first: month, records and reasons in force decide it, and a month is drawn once. Nobody can draw again until a sample pleases.
access-month = Month
access-month-drawn = Drawn
access-month-asked = Asked about
access-month-answered = Answered
access-month-late = No answer by the day
access-month-ended = Looked at to the end
access-month-seed = Seed
access-month-by = announced by
access-month-announced = announced; the draw waits or runs
access-month-undrawn = announced, and not drawn yet
access-month-draw = Draw what was announced
access-no-month = No month was announced yet.
access-month-limits = An officer reads the question on their own page. Who has no such page is not reached, and nobody is told who has one. That no answer came says nothing about anybody.
access-announce = Announce a draw
access-announce-hint = A month that is over, as 2026-03.
access-month-of = Sample of { $month }
access-month-what = Whose entry one is, this page does not say, and nobody is told who was asked. An officer who is asked has { $days } days; until then an entry is not closed.
access-wording = The wording, the same for everybody
access-entry = Entry { $n }
access-asked-at = The officer was asked, { $when }; answer by { $day }.
access-answer-late = No answer came by the day. That is neutral.
access-row-own = This is an entry of your own: another steward looks at it.
access-ask = Ask the officer
access-ask-n = Ask the officer of entry { $n }
access-close = Record
access-close-n = Say what was found of entry { $n }
access-found = What was found
access-end-of-accepted = A reason was given and accepted
access-end-of-no-reason = No reason was found; nothing follows
access-end-of-system = The log or a reason is to be mended
access-end-of-auditor = For the auditor to look at
access-month-none = Nothing of this month was unexplained.
asked = Questions about entries of the log
asked-what = Entries of a month that no recorded reason explains are drawn by lot, and whoever has one is asked. That you are asked says nothing about you. Your answer is read without your name. You may leave it open; nothing follows from that alone.
asked-question = The log has this entry under your account, and no recorded reason explains it. What was it for?
asked-entry = { $month }, entry { $n }
asked-late = The day is past; you may still answer.
asked-yours = Your answer
asked-reason = The reason
asked-answer-assigned = It was given to me to do
asked-answer-asked = A colleague or chief asked me
asked-answer-query = To answer a query
asked-answer-mistake = I opened it by mistake
asked-answer-other = Another reason, in my words
asked-answer-not-me = It was not me
asked-answer-not-known = I do not remember
asked-words = In your words (no names of others)
asked-send = Send the answer
asked-nothing = You were asked about no entry.
