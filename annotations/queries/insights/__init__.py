"""What pages and exports show: the figures of the desk, each with what it is a share of."""
