"""Charts of the brief as SVG that needs no script, each with a title and a description for who cannot see it."""
