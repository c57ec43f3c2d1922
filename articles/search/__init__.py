"""Finding what is stored: passages for a claim, speakers for a name, the words of a quote elsewhere."""
