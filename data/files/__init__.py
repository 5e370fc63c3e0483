"""Bytes to rows and rows to bytes, each format once. Knows no store."""
