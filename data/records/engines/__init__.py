"""Pay records that stay where they are: asked there, by one plain SQL text."""
