"""The database of record: documents, versions, passages, receipts, and full text over them."""
