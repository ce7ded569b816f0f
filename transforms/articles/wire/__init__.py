"""The forms in which a wire sends text: one module per format."""
