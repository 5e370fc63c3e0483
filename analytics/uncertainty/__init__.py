"""How far figures may be off, measured on data that the measures were not fitted to."""
