"""What pages and exports show, assembled; every query starts from what the person may see."""
