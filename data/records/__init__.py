"""Pay records: queries, the sorted index, cells, disclosure and band tables."""
