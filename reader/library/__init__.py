"""Many articles: folders, and the index of one with its search, people register and quote ledger."""
