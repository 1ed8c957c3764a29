"""Did it work? Plans registered before their results, what came of them, and those that were never run."""
