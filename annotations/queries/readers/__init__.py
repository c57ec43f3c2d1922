"""What pages and exports show: what everybody reads and is told."""
