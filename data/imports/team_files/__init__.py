"""Files that a team brings: opened, understood, checked row by row, and only then loaded."""
