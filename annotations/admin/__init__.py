"""What people judge, as editors and administrators look after it."""

from annotations.admin import bias, claims, factchecks, projects

__all__ = ["bias", "claims", "factchecks", "projects"]
