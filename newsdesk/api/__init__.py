"""How the API is reached and how it answers: authentication, scopes, strict parsing, pages, problems."""
