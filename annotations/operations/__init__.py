"""The only writers of judgements, and the entry points of acts on texts that have consequences for them."""
