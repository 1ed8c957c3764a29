"""The room of rights that clash."""
