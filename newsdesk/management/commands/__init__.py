"""Commands of the project; each module is one."""
