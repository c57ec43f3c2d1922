"""Pages: readings of projects, agreement, adjudication, datasets."""
