"""What a text says about whom: mentions, quotes and events, with offsets into the text."""
