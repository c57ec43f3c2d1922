"""Pages: what comes in, what waits, and the shelves of the desk."""
