"""How days and moments are written, by language, where the desk wants them otherwise than Django."""
