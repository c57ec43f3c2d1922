"""What pages and exports show: what comes in, what waits, and the shelves of the desk."""
