## The request to the information technology department.

letter-title = Request for an extract of records
letter-to = To: the head of information technology
letter-from = From: ____
letter-date = Date: ____
letter-basis = Authorised by: ____

letter-short = In short
letter-short-what = We ask for { $tables ->
    [one] one table
   *[other] { $tables } tables
} of the automated system, covering the period from ____ to ____ and all offices: a single read-only export, from a copy if you have one.
letter-short-why = They serve an assessment of whether our own rules were followed. Its results are reasons to look, never findings about a person. Nothing is written back to your systems.
letter-short-asycuda = If you run ASYCUDA World, the least work is to export these tables whole, with the column names they have: { $tables }. We do the renaming. Add the operation history of the documents: who did what, and when. It is not among the documented tables; the national ASYCUDA team knows where it is kept.
letter-short-first = Only the table { $table } is indispensable. Every other table allows more to be answered, and none that you cannot give stops the work.
letter-short-persons = We need no names of persons. Codes are replaced by pseudonyms before anything is stored.
letter-short-reply = Please tell us by ____ which tables you can give, and whom we may ask about them.

letter-serves = What it is for
letter-serves-intro = With these records the assessment asks:
letter-question-assignment-steering = whether each declarant's work is spread over the officers as the rule says
letter-question-assignment-override = who changes the first pick of an officer, and for which declarants
letter-question-lane-rates = whether declarations went to each control channel at the rate that was set
letter-question-lane-change-without-act = whether a control channel was changed without a control act
letter-question-finding-rate = whether controls of like goods find alike
letter-question-value-shortfall = whether declared values are below those of like goods
letter-question-rights-that-clash = who holds rights in the system that the administration keeps apart, and whether both were used on one declaration

letter-deliver = How to deliver
letter-deliver-files = CSV (UTF-8, one header line) or Parquet. One file a table, or a folder of parts. CSV files may be compressed with gzip or zstd.
letter-deliver-everything = Everything in the period: all offices, all states, cancelled declarations too. If earlier versions of a declaration are kept, send them: values before and after control come from them.
letter-deliver-times = Dates with their hours and minutes wherever they are kept. Tell us the time zone in which they are written.
letter-deliver-codes = Codes as text, leading zeros kept. Please do not pass the files through a spreadsheet: it changes codes and dates.
letter-deliver-untouched = Nothing cleaned, repaired, joined or left out. We count every row that cannot be used, and tell you why.
letter-deliver-totals = With each table, its number of rows and, where there are amounts, the sum of each. We compare them after loading.
letter-deliver-medium = On an encrypted disk handed over in person. The password goes another way.

letter-persons = Persons
letter-persons-codes = Send the codes of officers, users, declarants and importers as they are in your system. If you replace them yourselves, the tables no longer join.
letter-persons-pseudonyms = As the files are read, each code is replaced by a pseudonym made with a secret key, before the first row is stored. The key is kept apart. We can have the list of codes and pseudonyms sealed to a key of your own making, so that two of three key holders together can see who stands behind a pseudonym and one alone cannot. Tell us if you want that before we load.
letter-persons-not = Please do not send names of officers, photographs, messages, sex, age, religion, ethnic origin or union membership.

letter-tables = Table by table
letter-tables-names = The names under “ASYCUDA World” are those that UNCTAD documents; your system may have changed them. If it has other names, or is another system, send what you have: the column names on the left need not be used.
letter-tables-mark = A column marked * must be filled in every row of its table. The others may be empty or absent.
letter-held-by-system = From the automated system
letter-held-by-personnel = From personnel and the heads of office
letter-held-by-headquarters = From headquarters
letter-held-elsewhere = We ask them separately. Send these tables only if you keep them.
letter-why = Why: { $text }
letter-without = Without it: { $text }
letter-column = Column
letter-meaning = What it is
letter-asycuda = ASYCUDA World, or where it is kept

letter-thanks = Thank you. A table of which you are not sure is worth sending: tell us what you doubt.
