"""Honest ways of giving out work, of kinds that the question was not made for: how often is an innocent pair flagged?

Each mechanism is a year of one customs office as tables of the records contract, and is asked end to end. The
mechanisms were thought of from what offices do, by people who had not read how the question works, or did not look. In
none of them does it matter to an officer whose the file is; where a mechanism goes by the person all the same (an
account officer for each importer), it says so. With one planted scheme, only its neighbours count.
"""
