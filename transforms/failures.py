"""Failures by type: the type decides whether work is retried, recorded or stopped before it starts."""


class DatelineError(Exception):
    """Any expected failure. Its text is one sentence that says what to do."""


class TransientError(DatelineError):
    """May work when tried again: a time-out, a lost connection, a busy server."""


class PermanentError(DatelineError):
    """Will fail again with the same input: recorded and quarantined, never retried."""


class ConfigurationError(DatelineError):
    """Wrong settings or seed files: found before any input or output begins. Exit code 5."""


class BusyError(DatelineError):
    """Another process is at the same work, and both would be in each other's way. Exit code 4."""
