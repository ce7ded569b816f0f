"""Many requests to many hosts at once, and never two to one host.

The unit is the hop: one request to one host, for which a turn is taken and given back. A redirect becomes
another hop, checked anew (spelling, address, robots.txt) and queued at the host that it leads to; so does the
robots.txt that a host has to be asked for first. One thread decides, others only ask.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime

from flows.web.addresses import RefusedAddressError
from flows.web.client import WebClient
from flows.web.courtesy import Courtesy
from flows.web.exchange import Exchange, Outcome
from flows.web.jobs import Fetched, Hop, Job, circle, host_key, turn_end
from flows.web.settings import PRODUCT, ROBOTS_LIMITS
from transforms.feeds.robots import RobotsRules, robots_of_answer
from warehouse.ops.hosts import Turn, TurnEnd

LOOK_AGAIN_SECONDS = 0.25
"""How soon a host that another process holds is looked at again, at the soonest."""


class Fetcher:
    """Asks politely. `thread_count` bounds the requests under way, all hosts together."""

    def __init__(self, client: WebClient, courtesy: Courtesy, *, thread_count: int = 64) -> None:
        self._client = client
        self._courtesy = courtesy
        self._threads = ThreadPoolExecutor(thread_count, thread_name_prefix="ask")
        self._thread_count = thread_count
        self._queues: dict[str, deque[Hop]] = {}
        self._flying: dict[Future[Exchange], tuple[Hop, Turn]] = {}
        self._busy: set[str] = set()
        self._not_before: dict[str, float] = {}
        self._rules: dict[str, RobotsRules] = {}
        self._awaiting: dict[str, list[Hop]] = {}
        self._done: list[Fetched] = []

    def run(self, jobs: Iterable[Job], *, more: Callable[[int], Sequence[Job]] | None = None,
            seconds: float = 3600.0) -> Iterator[list[Fetched]]:
        """Do all jobs, and those that `more` gives for as long as it gives any; yields what is done, in groups.

        `more` is called with the number of jobs under way or queued whenever that number has fallen. No
        request begins after `seconds`: what is still queued then, and what would have to wait longer, is
        postponed.
        """
        end = time.monotonic() + seconds
        count = self._add(jobs)
        try:
            while True:
                finished = self._collect()
                count -= len(finished)
                if more is not None and time.monotonic() < end:
                    count += self._add(more(count))
                if finished:
                    yield finished
                    continue
                if not self._flying and not self._queues and not self._done:
                    return
                self._depart(end)
                self._await()
        finally:
            self._settle_flying()

    def close(self) -> None:
        """Wait for what is under way, give all turns back, end the threads."""
        self._settle_flying()
        self._threads.shutdown()

    def _add(self, jobs: Iterable[Job]) -> int:
        count = 0
        for job in jobs:
            count += 1
            self._queue(job, job.url, ())
        self._look_up_robots()
        return count

    def _queue(self, job: Job, url: str, earlier: tuple[Exchange, ...]) -> None:
        """Let a job's next hop wait for its host, or end the job where the hop is refused."""
        try:
            target = self._client.target(url)
        except RefusedAddressError as refusal:
            self._finish(job, earlier, url, "refused_address", str(refusal))
            return
        hop = Hop(job=job, target=target, earlier=earlier)
        rules = self._rules.get(target.origin)
        if rules is None or rules.robots.expires_at <= datetime.now(UTC):
            self._awaiting.setdefault(target.origin, []).append(hop)
        elif rules.robots.outcome == "unreachable":
            self._finish(job, earlier, url, "robots_unreachable", f"status {rules.robots.status_code}")
        elif not rules.allows(target.url):
            self._finish(job, earlier, url, "robots_disallowed", None)
        else:
            self._queues.setdefault(host_key(target), deque()).append(hop)

    def _look_up_robots(self) -> None:
        """Release the hops that await a robots.txt which is kept; ask for the others'."""
        wanted = [origin for origin, hops in self._awaiting.items() if hops and hops[0].robots_of is None]
        if not wanted:
            return
        now = datetime.now(UTC)
        kept = self._courtesy.find_robots(wanted)
        for origin in wanted:
            if origin in kept and kept[origin].expires_at > now:
                self._rules[origin] = RobotsRules(kept[origin], PRODUCT)
                self._release(origin)
                continue
            first = self._awaiting[origin][0]
            target = self._client.target(origin + "/robots.txt")
            asking = Hop(job=Job(subject=None, url=target.url, pause_seconds=first.job.pause_seconds,
                                  limits=ROBOTS_LIMITS), target=target, robots_of=origin)
            # The first of those that wait marks that somebody asks already.
            self._awaiting[origin].insert(0, asking)
            self._queues.setdefault(host_key(target), deque()).appendleft(asking)

    def _release(self, origin: str) -> None:
        for hop in self._awaiting.pop(origin, []):
            if hop.robots_of is None:
                self._queue(hop.job, hop.target.url, hop.earlier)

    def _depart(self, end: float) -> None:
        """Take the turns that are free and send their first hops off."""
        now = time.monotonic()
        room = self._thread_count - len(self._flying)
        ready = [host for host in self._queues if host not in self._busy and self._not_before.get(host, 0.0) <= now]
        if now >= end:
            for host in list(self._queues):
                self._postpone(host, 0.0)
            return
        # Those that have waited longest go first: dictionaries keep their order, and a host that departs
        # moves to the end.
        wanted = {host: self._pause(self._queues[host][0]) for host in ready[:max(room, 0)]}
        if not wanted:
            return
        turns = self._courtesy.take(wanted)
        for host, turn in turns.items():
            queue = self._queues.pop(host)
            hop = queue.popleft()
            if queue:
                self._queues[host] = queue
            self._busy.add(host)
            self._flying[self._threads.submit(
                self._client.ask, hop.target.url, headers=hop.job.headers, limits=hop.job.limits)] = (hop, turn)
        if missed := [host for host in wanted if host not in turns]:
            waits = self._courtesy.waits(missed)
            for host in missed:
                seconds = waits.get(host, 0.0)
                if now + seconds > end:
                    self._postpone(host, seconds)
                else:
                    # The holder may be done long before its lease ends: look again after a pause.
                    self._not_before[host] = now + max(min(seconds, wanted[host]), LOOK_AGAIN_SECONDS)

    def _pause(self, hop: Hop) -> float:
        rules = self._rules.get(hop.target.origin)
        return max(hop.job.pause_seconds, rules.delay_seconds if rules else 0.0)

    def _postpone(self, host: str, seconds: float) -> None:
        for hop in self._queues.pop(host, ()):
            if hop.robots_of is not None:
                waiting = [one for one in self._awaiting.pop(hop.robots_of, []) if one.robots_of is None]
            else:
                waiting = [hop]
            self._done += [Fetched(job=one.job, postponed_seconds=seconds) for one in waiting]

    def _await(self) -> None:
        """Wait until a request is done or a host may be asked, whichever comes first."""
        if self._done:
            return
        now = time.monotonic()
        idle = [self._not_before.get(host, 0.0) - now for host in self._queues if host not in self._busy]
        pause = max(min(idle, default=5.0), 0.0)
        if len(self._flying) >= self._thread_count:
            pause = 5.0
        if self._flying:
            wait(self._flying, timeout=min(pause, 5.0), return_when=FIRST_COMPLETED)
        else:
            time.sleep(min(pause, 5.0))

    def _collect(self) -> list[Fetched]:
        """Give back the turns of what has landed, and queue or finish it."""
        landed = [future for future in self._flying if future.done()]
        ends: list[TurnEnd] = []
        kept: list[RobotsRules] = []
        for future in landed:
            hop, turn = self._flying.pop(future)
            exchange = future.result()
            ends.append(turn_end(turn, exchange))
            self._busy.discard(turn.host)
            self._not_before[turn.host] = time.monotonic() + self._pause(hop)
            if exchange.outcome == "redirect" and (refusal := circle(hop, exchange)):
                exchange = refusal
            if hop.robots_of is not None:
                self._hear_robots(hop, exchange, kept)
            elif exchange.outcome == "redirect":
                self._queue(hop.job, exchange.location or "", (*hop.earlier, exchange))
            else:
                self._done.append(Fetched(job=hop.job, exchanges=(*hop.earlier, exchange)))
        if ends:
            self._courtesy.end(ends)
        if kept:
            self._courtesy.keep_robots([rules.robots for rules in kept])
        for rules in kept:
            self._rules[rules.robots.origin] = rules
            self._release(rules.robots.origin)
        self._look_up_robots()
        finished, self._done = self._done, []
        return finished

    def _hear_robots(self, hop: Hop, exchange: Exchange, kept: list[RobotsRules]) -> None:
        """A robots.txt has answered; one that redirects is asked for where it leads, whatever that host's says."""
        status, content = exchange.status_code, exchange.content
        if exchange.outcome == "redirect":
            try:
                target = self._client.target(exchange.location or "")
            except RefusedAddressError:
                status = None
            else:
                following = Hop(job=hop.job, target=target, earlier=(*hop.earlier, exchange), robots_of=hop.robots_of)
                self._queues.setdefault(host_key(target), deque()).appendleft(following)
                return
        elif exchange.outcome == "too_many_redirects":
            # RFC 9309, section 2.3.1.2: after five redirects it may be taken for absent.
            status = 404
        elif exchange.outcome != "ok" and (status is None or 200 <= status < 300):
            status = None
        robots = robots_of_answer(hop.robots_of or "", status_code=status, content=content,
                                  fetched_at=exchange.requested_at)
        kept.append(RobotsRules(robots, PRODUCT))

    def _finish(self, job: Job, earlier: tuple[Exchange, ...], url: str, outcome: Outcome, detail: str | None) -> None:
        refused = Exchange(url=url, requested_at=datetime.now(UTC), outcome=outcome, detail=detail)
        self._done.append(Fetched(job=job, exchanges=(*earlier, refused)))

    def _settle_flying(self) -> None:
        """Requests under way are waited for and their turns given back; their answers are dropped."""
        if self._flying:
            wait(self._flying)
            self._courtesy.end([turn_end(turn, future.result()) for future, (_, turn) in self._flying.items()])
            self._flying.clear()
