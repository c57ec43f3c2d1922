"""Names of people and institutions: what one is found by, when two are the same name, who is probably meant.

Knows nothing of the database. Every culture's names are taken as they are: nothing here assumes which word of a name
is the family's (``docs/explanation/names.md``).
"""
