"""What a document says: decode, recognise the format, parse into an `Article`, an `Item` or a `Rejection`."""
