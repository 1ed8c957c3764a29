"""Access to declarations: is the log good enough, which entries do agreed reasons explain, and which rights clash."""
