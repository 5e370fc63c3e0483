"""Parts that several pages share: tables, downloads, filters, forms."""
