## The workbench: its menu, its pages, its forms.

wb-language = Language
wb-menu = Menu
wb-comma = {", "}
wb-welcome = Welcome
wb-what = Arusha says where an administration's rules were not followed beyond chance, how sure that is, and which honest explanation the records offer. People look, explain and decide.
wb-all-is-recorded = Every look at a signal and every refusal is recorded, and the internal auditor reads that record.
wb-first = What to do first
wb-entry = Open the address that the terminal printed. It keeps other users of this computer out.
wb-nothing-here = Nothing is open yet. Try the demo, or go these steps in a terminal:
wb-step-demo = See a finished example with invented people:
wb-step-ask = Ask the IT department for the records:
wb-step-load = Load them; names are replaced by pseudonyms before a row is stored:
wb-step-assess = Ask the questions:
wb-step-serve = Open the result here:
wb-workspace = Open: { $name }
wb-no-role = You have no role in this workspace yet. Two people who may grant roles have to ask for yours.
wb-solo = Solo mode
wb-solo-what = One person alone decides nothing about anybody: no question about persons is live, and they answer with counts by office.
wb-assessments = Assessments
wb-assessments-what = What was asked of the records, and what came of it
wb-no-assessment = No assessment yet. Ask the questions first, in a terminal:
wb-name = Name
wb-questions = Questions
wb-charter = Charter
wb-charter-what = Where each question stands, and what was agreed
wb-no-charter = This workspace has no charter: it is a study, and nobody agreed to its questions. An integrity lead and an internal auditor make one together:
wb-stage = Where it stands
wb-stage-live = Live
wb-open-points = Points without an answer
wb-objected =
    { $n ->
        [one] The union objected once.
       *[other] The union objected { $n } times.
    }
wb-dossier = Dossier of this question
wb-ceiling = Signal rate promised at most
wb-lapses = The consultation ends
wb-definition = Hash of the definition
wb-lacks = What it lacks to go live
wb-lacks-nothing = Nothing: it can go live.
wb-said = What was said
wb-said-nothing = Nothing yet.
wb-entry-number = entry { $n }
wb-threshold-said = rate of false flags { $rate }; a difference of at least { $effect }
wb-threshold-count = rate of false flags { $rate }; a count at least { $effect } away from what was expected
wb-retention-said =
    { $n ->
        [one] one month, then deleted
       *[other] { $n } months, then deleted
    }
wb-expunged = Not kept any more.
wb-act-ask = The union asked
wb-act-position = The union's position
wb-act-answer = Management answered
wb-act-committee = The joint committee
wb-act-go-live = Went live
wb-act-pause = Paused
wb-act-review = Review called
wb-act-resume = Resumed
wb-head-purpose = Purpose
wb-head-forbidden-uses = Forbidden uses
wb-head-unit = What is compared
wb-head-inputs = Data used
wb-head-peers = Compared with
wb-head-threshold = Threshold
wb-head-minimum-n = Fewest cases
wb-head-null-hypothesis = What is assumed
wb-head-statistic = Statistic
wb-head-explanations = Explanations tried
wb-head-retention = How long kept
wb-head-gaming = How it can be gamed
wb-head-counter-indicator = Counter-indicator
wb-head-expected-false-flags = False flags to expect
wb-head-source = Source
wb-lack-dossier = A complete dossier
wb-lack-audit = A fairness audit
wb-lack-audit-file = The file of the audit, kept with the charter
wb-lack-audit-changed = The file of the audit as it was recorded: it was changed since
wb-lack-audit-form = A file that arusha fairness wrote
wb-lack-audit-question = An audit of this question: the file is of another
wb-lack-audit-definition = An audit of this definition and plan: the file is of other settings
wb-lack-audit-period = An audit of twelve months or more that end before its day
wb-lack-audit-records = An audit of the records that are loaded now
wb-lack-audit-empty = An audit that compares two groups or more
wb-lack-audit-again = A new audit: this file was recorded before, with an earlier day
wb-lack-audit-unmade = An audit that arusha fairness made in this workspace
wb-lack-audit-after-pause = An audit since the pause
wb-lack-notice = Proof of notice
wb-lack-position = The union's position
wb-lack-answers = Management's answers
wb-lack-committee = The joint committee
wb-lack-solo = More than one person
wb-lack-ceiling = A promised signal rate
wb-signals = Signals
wb-signals-what = The list names nobody. A signal opens after you say why, and that is recorded.
wb-signal = Signal
wb-no-signal = Nothing stands out.
wb-not-assessed = It could not be assessed: records are missing.
wb-purpose = Why do you open this signal?
wb-purpose-what = Your answer is recorded in the ledger before the signal opens, for half an hour. The auditor reads it, and the person concerned can ask who looked.
wb-purpose-reason = Reason
wb-purpose-reference = Reference
wb-purpose-reference-hint = Number of the request, the plan or the file. No names.
wb-purpose-problem = Choose a reason and give a reference
wb-form-problem = There is a problem
wb-reason-triage = First look at a new signal
wb-reason-re-review = Second look at a closed one
wb-reason-complaint = A complaint or a report
wb-reason-audit-request = The auditor asked for it
wb-reason-learning = Learning with invented data
wb-reason-identity = A name was told for an inquiry
wb-done-look-opened = Signal or sample opened
wb-done-look-seen = Page seen
wb-done-look-exported = Taken as a file
wb-done-access-refused = Refused
wb-done-identity-asked = A name was asked for
wb-done-identity-opened = A name was told
wb-done-identity-refused = A name was refused
wb-open = Open
wb-no-explanation = The records say nothing that was looked for. That is neutral.
wb-numbers = The numbers
wb-rows = The records behind it
wb-rows-what =
    { $n ->
        [one] One record, with the file and the line where it stands in the source.
       *[other] { $n } records, each with the file and the line where it stands in the source.
    }
wb-no-rows = The assessment keeps no records of this signal.
wb-ledgers = Ledgers
wb-ledgers-what = What was done, in a record that nobody can change unseen once somebody else holds a checkpoint of it
wb-ledger-charter = Ledger of the charter
wb-ledger-record = Ledger of looks, exits and refusals
wb-ledger-holds = { NUMBER($n) } entries were read again just now. Nothing contradicts anything in this ledger itself.
wb-ledger-cut = Whether its newest entries were cut off before this program started, this page cannot tell: only a checkpoint that somebody else holds does. Compare the number of entries with theirs.
wb-ledger-changed = This ledger was changed
wb-entries = Entries
wb-root = Root
wb-checkpoints = Checkpoints
wb-no-checkpoint = None yet. Until somebody else holds one, entries could be replaced unseen.
wb-checkpoint-how = The site holds no signing key. Whoever keeps the key makes a checkpoint and hands it to the union and the auditor:
wb-signatures = Signatures
wb-proof = Proof
wb-growth = Proof that it only grew since
wb-inclusion = Proof of entry { $n }
wb-number = Number
wb-when = When
wb-who = Who
wb-done = What was done
wb-cannot-prove = What a ledger cannot prove
wb-limit-truth = That an entry is true: a false entry is kept as faithfully as a true one.
wb-limit-left-out = That nothing was left out: what was never recorded leaves no trace.
wb-limit-before-first-checkpoint = What happened to entries before somebody else held a checkpoint of them: until then they could be replaced.
wb-limit-time = When an entry was made: times are the machine's. A witness or a time stamp says only: not later than.
wb-limit-who = Who pressed the key: the ledger holds the pseudonym that the program was told.
wb-limit-agreement = That all are shown the same ledger, unless those who hold checkpoints compare them with each other.
wb-looks = Log of looks
wb-looks-what = Who opened which signal, when and why, and who was refused
wb-no-look = Nobody looked at anything yet.
wb-refused = This is not open to you
wb-refused-what = Your roles do not include it. The attempt was recorded. If you need it for your work, ask for the role.
wb-absent = There is no such page
wb-absent-what = The address is wrong, or what was here is not shown any more.
wb-you = You act as { $who }:

## Roles.

wb-role-solo = one person alone
wb-role-integrity-lead = integrity lead
wb-role-analyst = analyst
wb-role-investigator = investigator
wb-role-board-secretary = board secretary
wb-role-board-member = board member
wb-role-appeal-member = appeal member
wb-role-subject = officer concerned
wb-role-representative = representative
wb-role-union-reviewer = union reviewer
wb-role-survey-officer = survey officer
wb-role-data-steward = data steward
wb-role-key-holder = key holder
wb-role-publisher = publisher
wb-role-programme-manager = programme manager
wb-role-internal-auditor = internal auditor
wb-role-administrator = administrator

## Signing in, people, accounts.

wb-sign-in = Sign in
wb-sign-in-problem = The name or the password is wrong, or the account is locked for a quarter of an hour
wb-account = Name of the account
wb-password = Password
wb-continue = Continue
wb-second-factor = Second factor
wb-enrol = Add this site to an authenticator app: photograph the code, or type the secret.
wb-qr = Code for the authenticator app
wb-secret = Secret:
wb-code = Code of six digits from the app
wb-code-problem = The code is wrong or used already, or the account is locked for a quarter of an hour
wb-new-password = New password, 12 letters or more
wb-new-password-problem = Choose another password: long, and not one of the common ones
wb-sessions = Your sessions
wb-browser = Browser
wb-this-session = This one
wb-yes = Yes
wb-end-others = End all others
wb-sign-out = Sign out
wb-people = People and roles
wb-people-what = Who may do what, by pseudonym. Two people grant or withdraw a role.
wb-role = Role
wb-role-n = { $role } { $n }
wb-waiting = Waits for a second person
wb-waits-grant = Grant of { $role } to { $who }, asked for by { $first }
wb-waits-withdraw = Withdrawal of { $role } from { $who }, asked for by { $first }
wb-grant = Ask for a grant
wb-grant-what = A role is granted when two people with the right ask for the same. Nobody grants to themselves.
wb-withdraw = Ask for a withdrawal
wb-pseudonym = Pseudonym
wb-accounts = Accounts
wb-accounts-what = Who can sign in. The administrator runs the machine and sees no content and no role.
wb-accounts-none = There is no account yet.
wb-accounts-make = An account is made on the machine itself, and opens no role: the pseudonym after --as is that of its person, to whom two others grant the role.
wb-last-sign-in = Last sign-in
wb-closed = Closed
wb-locked = Locked
wb-unlock = Unlock
wb-close-account = Close
wb-act-as = Choose whom you act as
wb-act-as-what = Everybody here is invented. Each sees only what the role opens: try a page that is not yours.

## Alerts.

wb-alerts = Alerts
wb-alerts-what = Signals of live questions that the records do not explain. Look for what would clear the person first.
wb-by-age = The oldest first; nothing else decides the order
wb-age = Open for
wb-state = State
wb-days =
    { $n ->
        [one] one day
       *[other] { $n } days
    }
wb-late = Past its limit; the auditor sees it
wb-no-alert = No alert waits for you. An analyst makes alerts of the signals of a live question.
wb-alerts-hidden =
    { $n ->
        [one] One alert is not shown, because its question is not live any more.
       *[other] { $n } alerts are not shown, because their questions are not live any more.
    }
wb-alerts-more = The next ones, less old
wb-signals-more = The next signals of this question
wb-overdue = Overdue alerts
wb-overdue-what = Alerts that nobody decided within 30 days, without their content
wb-no-overdue = None is past its limit.
wb-raise = Send what is unusual to the alerts
wb-history = Of the { $n } alerts of this question that were closed: { $explained } explained, { $error } errors in the data, { $support } offers of support, { $inquiry } inquiries.
wb-history-few = Fewer than { $n } alerts of this question were closed so far: how often they are explained cannot be told yet.
wb-alert-raised = Alert raised
wb-alert-new = waits
wb-alert-explained = closed as explained
wb-alert-data-error = closed as an error in the data
wb-alert-support = support offered
wb-alert-proposed = inquiry proposed
wb-alert-inquiry = inquiry
wb-alert-concurred = the second reader concurred
wb-alert-not-concurred = the second reader did not concur
wb-alert-recused = somebody has a conflict of interest
wb-alert-contested = the person concerned contests it
wb-decide = Decide
wb-decide-what = Four ways out, each with its reasons. What you write is kept and can be read by the person concerned in a case.
wb-exit-explained = Explained
wb-exit-data-error = Error in the data
wb-exit-support = Offer support
wb-exit-proposed = Propose an inquiry
wb-proposed-what = Two supports are needed, one of them not this question. A second reader has to concur. Say also what points away: if you found nothing, say what you looked for.
wb-word-reason = Reasons
wb-word-explanation = Which explanation holds
wb-word-towards = Points towards: in these records
wb-word-other = Points towards: from another source than this question
wb-word-away = Points away
wb-word-proportion = Why an inquiry is proportionate
wb-word-text = In their words
wb-other = Another one, said below
wb-recuse = I have a conflict of interest
wb-second = Second reader
wb-second-what = Somebody proposed an inquiry. Read what points towards and away, then concur or not.
wb-concur = Concur
wb-not-concur = Do not concur
wb-waits-second = You proposed an inquiry. Somebody else has to read it now.

## One's own page, and the union desk.

wb-own = My own page
wb-own-what = What live questions hold of you: the same numbers that others see, and nobody else's.
wb-own-nothing = No live question holds anything of you.
wb-peers = Peers
wb-peers-band = the middle nine in ten of { $n } others: { $band }
wb-peers-few = fewer than { $n } others: not given
wb-contest = Contest
wb-contest-what = What is wrong, or missing? Whoever opens this signal reads it first.
wb-who-looked = Who looked
wb-desk = Union desk
wb-desk-what = Nothing here is about a person. What you say is recorded, and management has to answer every point before a question goes live.
wb-to-review = To review
wb-nothing-to-review = No question is in consultation. An integrity lead begins one on the page of a question in the charter.
wb-not-begun = has not begun: two proofs of notice are needed
wb-answer-by = answer by { $day }
wb-no-day = no day was set
wb-late-answer = Late
wb-no-open-points = Every point has its answer.
wb-agreements = What was agreed
wb-no-agreement = No question is live. What a question lacks to go live stands on its page in the charter.
wb-lapsed = none: the period ended
wb-acts = What you can do now
wb-shut = It stays shut until nothing is missing. The list above says what is.
wb-do-draft = Draft this question
wb-do-consult = Open the consultation
wb-do-notice = Record a proof of notice
wb-do-ask = Ask
wb-do-position = Take a position
wb-do-answer = Answer a point
wb-do-audit = Record a fairness audit
wb-do-committee = Record the joint committee's outcome
wb-do-pilot = Begin the pilot
wb-do-go-live = Go live
wb-do-pause = Pause
wb-do-resume = Resume
wb-do-review = Call a review
wb-do-retire = Retire
wb-field-months = Months after which its signals are deleted
wb-field-ceiling = Highest signal rate that is promised, such as 0.02
wb-field-days = Days of the consultation, 30 or more
wb-field-means = Means
wb-field-proof = Where the proof can be seen
wb-field-text = Text
wb-field-due = Answer by
wb-field-position = Position
wb-field-points = Points that need an answer, one a line
wb-field-min-n = Condition: fewest cases a unit
wb-field-no-individual-display = Condition: nobody is shown, only counts
wb-field-review-by = Condition: a review by this day
wb-field-max-signal-rate = Condition: highest signal rate, such as 0.01
wb-field-point = Point
wb-field-on = Day of the audit
wb-field-result = Result
wb-field-report = SHA-256 of the audit's file
wb-field-outcome = Outcome
wb-field-reason = Reason
wb-option-letter = letter
wb-option-mail = mail
wb-option-hand = by hand
wb-option-meeting = meeting
wb-option-board = notice board
wb-option-agree = agree
wb-option-conditions = agree with conditions
wb-option-object = object
wb-option-none = no position
wb-option-passed = passed
wb-option-failed = not passed
wb-option-proceed = proceed
wb-option-amend = amend
wb-option-reject = reject
wb-own-pairs = Your work with single declarants: within expected scatter { $within }; nothing can be said of { $cannot }.
wb-entries-for-auditor = Entries name by pseudonym whom a look was about. The internal auditor reads them; a witness needs checkpoints and proofs of growth.

## Loading, assessing, jobs.

wb-records = Load records
wb-records-what = Look at an extract, then store it
wb-records-loaded = Records are loaded in { $name }. A new load takes their place; the charter, the ledgers and earlier assessments stay.
wb-records-none = There are no records in { $name } yet.
wb-records-how = Choose an extract and its mapping, look at what it holds, then load it. Persons are replaced by pseudonyms before a row is stored.
wb-extracts = Extracts on the server
wb-extracts-what = Folders in { $folder }
wb-no-extract = There is no folder with tables in { $folder }.
wb-no-extract-folder = No folder of extracts was set for this site.
wb-files = Files
wb-size = Size
wb-mb = { $n } MB
wb-send = Send files
wb-send-what = CSV or Parquet, packed with gzip, zstd or zip if you like; at most { $n } MB, as sent and unpacked. Spreadsheets are not taken: they change codes and dates.
wb-send-names = Names of files, and headers of columns that are read, are shown on pages and kept with the records: put no person's name in them.
wb-sent = Sent files
wb-sent-what = They hold names. They are deleted once they are loaded, or after a week.
wb-discard = Delete
wb-extract = Extract { $name }
wb-extract-holds =
    { $n ->
        [one] One table file, { $size } MB.
       *[other] { $n } table files, { $size } MB.
    }
wb-inspect = Look at it
wb-inspect-what = A look stores nothing: it shows what the extract covers, what would be set aside, and why.
wb-mapping = Mapping
wb-override = Override of this country
wb-override-hint = A file .yaml in the extract that says what is written otherwise here.
wb-no-override = None
wb-plan = Assess
wb-plan-what = Fix a plan, then ask its questions of the records
wb-plan-not-yet = Nothing can be asked yet.
wb-plan-how = The plan is fixed, and its fingerprint recorded, before any result exists. A plan that is changed after results exist is marked as amended.
wb-plan-floors = Limits of: { $question }
wb-plan-exposure = Fewest cases; { $n } if left empty, never fewer
wb-plan-effect = Smallest difference, as a share of one (0.2 is 20%); { $n } if left empty
wb-plan-effect-count = Smallest difference, in cases more or fewer than expected; { $n } if left empty
wb-plan-lanes = Only these lanes; all if none is chosen
wb-plan-start = First day
wb-plan-end = First day that no longer counts
wb-plan-limits = How strictly
wb-plan-rate = Rate of false flags of a question
wb-plan-level = Level of intervals
wb-plan-seed = Seed of what is drawn
wb-plan-result = The result
wb-plan-name = Name of the assessment
wb-plan-name-hint = Small letters a to z, digits and hyphens.
wb-plan-reports = Reports in these languages
wb-plan-hash = Fingerprint of the plan
wb-assess = Fix the plan and assess
wb-jobs = Jobs
wb-jobs-what = What was loaded and assessed, and how far it is
wb-jobs-newest = The newest first; one runs at a time
wb-no-job = Nothing was asked of the worker yet. First load records, then assess.
wb-job-first = To load records, to assess them, to evaluate a measure or to count a log is such a job: it is asked for on the page of each.
wb-job = Job
wb-job-of = Of
wb-worker-there = The worker is there.
wb-worker-away = The worker is not there: jobs wait until it is started.
wb-errand-inspect = Look at an extract
wb-errand-load = Load
wb-errand-assess = Assessment
wb-job-waiting = waits
wb-job-running = runs
wb-job-done = done
wb-job-failed = could not be done
wb-job-stopped = stopped
wb-job-interrupted = interrupted
wb-job-ahead =
    { $n ->
        [one] one job before it
       *[other] { $n } jobs before it
    }
wb-job-stopping = it was asked to stop
wb-nothing-half = Nothing half done was kept; what was there before is as it was.
wb-progress = How far
wb-of = { $done } of { $total }
wb-reloads = This page comes again by itself every { $n } seconds.
wb-stop-reloading = Leave it still
wb-still = This page stays still.
wb-reload = Let it come again by itself
wb-stop = Stop the job
wb-again = Start it again
wb-blocking = A load would store nothing until this is put right
wb-blocked = It cannot be loaded like this.
wb-load = Load it
wb-looked-invented = These records say of themselves that they are invented. What comes of them bears that mark for good.
wb-load-what = Stores what was shown, whole or not at all.
wb-open-assessment = Open the assessment
wb-about-job = About this job
wb-asked-at = Asked for
wb-started-at = Begun
wb-ended-at = Ended
wb-coverage = What it covers
wb-absent-columns = Columns without data
wb-absent-tables = Tables that are not there:
wb-would-be-set-aside = What would be set aside
wb-rows-of-table =
    { $n ->
        [one] One row of { $table }
       *[other] { NUMBER($n) } rows of { $table }
    }
wb-examples = Rows, with file and line
wb-not-read = Not read:
wb-waits = What waits for you
wb-waits-nothing = Nothing waits for you now.
wb-waits-by = by { $day }
wb-waits-late = { $n } past their day
wb-waits-alerts = Alerts that wait for a decision: { $n }
wb-waits-overdue = Alerts that nobody decided in time: { $n }
wb-waits-position = Questions on which the union has said nothing: { $n }
wb-waits-answer = Points of the union that wait for your answer: { $n }
wb-waits-answered = Points of the union that management has not answered: { $n }
wb-waits-committee = Objections on which the joint committee has not decided: { $n }
wb-waits-review = Questions whose review is due: { $n }
wb-waits-paused = Questions that are paused: { $n }
wb-fresh-records = The records were loaded on { $at }.
wb-fresh-assessment = The newest assessment was made on { $at }.
