"""One page a file, and what pages share: filters, cached reads, charts, downloads."""
