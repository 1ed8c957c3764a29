"""What may leave the survey: small cells, what follows from them, and what all releases together give away."""
