"""Acts: readings of projects, agreement, adjudication, datasets."""
