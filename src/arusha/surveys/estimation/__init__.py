"""Estimating from a sample: weights, strata, clusters, and variances that know them. See docs/surveys.md."""
