"""The room of access to declarations: the log's quality, agreed reasons, and what they do not explain, by office."""
