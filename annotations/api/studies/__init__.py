"""REST: readings of projects, agreement, adjudication, datasets."""
