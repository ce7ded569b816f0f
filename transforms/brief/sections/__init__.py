"""The sections of the brief's page, in the order in which an editor reads them."""
