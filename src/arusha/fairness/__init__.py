"""The fairness audit: whether a question signals people of one group more often than others, groups only.

What a group is stands nowhere in the records. A list of groups is joined in a process that can write no file, and
dropped there; only counts of ten or more people, and what follows from them, come out.
"""
