"""Access to declarations: is the log good enough, and which entries do agreed reasons explain?"""
