## The page of controls.

wb-controls = Controls
wb-controls-what = Clauses of two standards, and what the program's own tests show that bears on each. The list is made from marks on the tests; each test is named, so that it can be run.
wb-controls-limit = A test shows what this program does. Whether the administration meets a clause, its auditors say: a program alone meets none. What is not listed was not tested.
wb-controls-never = Never:
