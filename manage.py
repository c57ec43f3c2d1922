#!/usr/bin/env python
"""The project's commands: ``python manage.py help`` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

from newsdesk import listening
from newsdesk.embedded import EmbeddedRefused
from newsdesk.embedded.commands import database_for
from newsdesk.home import HomeUnusable


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.settings")
    try:
        if arguments[1:2] == ["desk"] and not {"-h", "--help"} & set(arguments):
            listening.listener()  # before settings are read: they say what the public address is
        with database_for(arguments):
            execute_from_command_line(arguments)
    except (listening.AddressRefused, EmbeddedRefused, HomeUnusable) as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main(sys.argv)
