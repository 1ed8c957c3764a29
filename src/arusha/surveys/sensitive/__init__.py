"""Asking about what nobody admits: list experiments and randomised response. See docs/surveys.md."""
