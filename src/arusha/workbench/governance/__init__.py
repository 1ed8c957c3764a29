"""Data governance: sources and their contracts, loads over time, letters to producers, retention, lineage."""
