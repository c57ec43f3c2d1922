"""What pages and exports show: readings of projects, agreement, adjudication, datasets."""
