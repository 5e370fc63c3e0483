"""A team's own files: opened, read as a layout, checked row by row, and only then loaded."""
