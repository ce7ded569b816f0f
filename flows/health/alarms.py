"""What is wrong enough to tell somebody, from how the warehouse is; and telling them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.failures import ConfigurationError, TransientError
from warehouse.ops.health import LAYOUT_REJECTED_RATIO, Health, PublisherHealth

VARIABLE = "DATELINE_ALERT_URLS"
RUN_SILENCE_SECONDS = 900
BACKLOG_SECONDS = 3600
QUARANTINE_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing that is wrong: a stable code, whom it is about, and a sentence with what to do."""

    code: str
    subject: str
    sentence: str


def find_alarms(health: Health) -> tuple[Alarm, ...]:
    """Everything that is wrong, the gravest first."""
    found: list[Alarm] = []
    latest = health.runs[0] if health.runs else None
    if latest is not None and latest.state in {"failed", "crashed"}:
        found.append(Alarm(code="run_failed", subject=latest.kind, sentence=f"The last {latest.kind} {latest.state}: {latest.detail or 'no reason given'}"))
    for run in health.runs:
        if run.state == "running" and run.silence_seconds > RUN_SILENCE_SECONDS:
            found.append(Alarm(code="run_silent", subject=str(run.run_id), sentence=f"The {run.kind} of {run.worker} has said nothing for {run.silence_seconds / 60:.0f} minutes: `dateline reap` closes it if its process is gone."))
    for stage in health.stages:
        if stage.lapsed:
            found.append(Alarm(code="leases_lapsed", subject=stage.stage, sentence=f"{stage.lapsed} claims of dead workers in stage {stage.stage}: run `dateline reap`."))
        if stage.oldest_pending_seconds is not None and stage.oldest_pending_seconds > BACKLOG_SECONDS:
            found.append(Alarm(code="backlog", subject=stage.stage, sentence=f"Stage {stage.stage} has {stage.pending} rows to do, the oldest for {stage.oldest_pending_seconds / 3600:.1f} hours: start `dateline work {stage.stage}`."))
        if stage.quarantined >= QUARANTINE_LIMIT:
            found.append(Alarm(code="quarantine", subject=stage.stage, sentence=f"{stage.quarantined} rows of stage {stage.stage} are in quarantine: `dateline quarantine ls --stage {stage.stage}`."))
    if health.lapsed_windows:
        found.append(Alarm(code="leases_lapsed", subject="windows", sentence=f"{health.lapsed_windows} windows are held by dead workers: run `dateline reap`."))
    for publisher in health.publishers:
        if publisher.is_silent:
            hours = (publisher.silence_seconds or 0) / 3600
            found.append(Alarm(code="publisher_silent", subject=publisher.code, sentence=f"{publisher.code} has sent nothing new for {hours:.1f} hours: `dateline publishers try {publisher.code}` tells whether its feeds still answer."))
        if publisher.is_layout_changed:
            found.append(Alarm(code="layout_changed", subject=publisher.code, sentence=_layout_sentence(publisher)))
    return tuple(found)


def _layout_sentence(publisher: PublisherHealth) -> str:
    if publisher.rejected_ratio is not None and publisher.rejected_ratio >= LAYOUT_REJECTED_RATIO:
        said = f"{publisher.rejected_ratio:.0%} of its documents were refused in a day"
    elif publisher.is_layout_missed:
        said = f"its layout missed a field on {publisher.layout_missed_ratio or 0:.0%} of its pages in a day"
    else:
        said = f"its texts are {publisher.body_ratio or 0:.0%} as long as before"
    return f"{publisher.code} has probably changed its pages: {said}; compare with `dateline parse --explain` and add a layout to its file."


def alert_urls() -> tuple[str, ...]:
    """Where alarms go: the addresses of DATELINE_ALERT_URLS, separated by blanks."""
    return tuple(os.environ.get(VARIABLE, "").split())


def send_alarms(alarms: Sequence[Alarm], urls: Sequence[str]) -> None:
    """Tell the addresses (webhook, mail and whatever else apprise knows) of the alarms, in one message.

    Raises ConfigurationError for an address that apprise does not understand (without repeating it: it may
    hold a password), TransientError where one did not take the message.
    """
    if not urls:
        return
    # Apprise takes a third of a second to import, and most commands never alert.
    import apprise

    messenger = apprise.Apprise()
    for number, url in enumerate(urls, start=1):
        if not messenger.add(url):
            raise ConfigurationError(f"{VARIABLE}: address {number} is none that apprise understands, such as json://host/hook or mailtos://user:password@host.")
    # A wrong address is told on the day it is written, not on the night when it is needed.
    if not alarms:
        return
    count = len(alarms)
    title = f"Dateline: {alarms[0].sentence}" if count == 1 else f"Dateline: {count} things are wrong"
    if not messenger.notify(title=title, body="\n".join(alarm.sentence for alarm in alarms)):
        raise TransientError(f"An alert was not delivered to every address of {VARIABLE}: look whether they answer.")
