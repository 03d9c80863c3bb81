"""Many articles: folders, and later the index, the people register and the quote ledger."""
