"""Documents read a second on one core, language and dateline included: `python -m tests.bench.bench_dispatches`.

Beside each format stands what its tree alone costs with BeautifulSoup's own builder: the floor of any reader on it.
"""

import json
import time
from collections.abc import Callable

from bs4 import BeautifulSoup

from flows.reference.places import load_places
from tests.bench.invented_texts import TextMaker
from transforms.articles.reader import read_document
from transforms.documents import Document

COUNT = 400
ROUNDS = 3
GOALS = {"plain dispatch": 2000, "NITF": 400, "NewsML-G2": 400}


def paragraphs(body: str) -> list[str]:
    """A body in paragraphs of some forty words, as wires write them."""
    words = body.split()
    return [" ".join(words[at : at + 40]) for at in range(0, len(words), 40)]


def plain(body: str, number: int) -> bytes:
    """A plain dispatch."""
    return ("OSLO, March 7 (Northwire) - " + "\n\n".join(paragraphs(body)) + "\n\n(Reporting by Ada Holm)").encode()


def nitf(body: str, number: int) -> bytes:
    """A NITF document with the metadata that agencies send."""
    marked = "".join(f"<p>{text}</p>" for text in paragraphs(body))
    subjects = "".join(f'<tobject.subject tobject.subject.refnum="0400{n}000" tobject.subject.type="x"/>' for n in range(6))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>Headline {number}</title><tobject tobject.type="News">{subjects}</tobject>'
        f'<docdata><doc-id id-string="n{number}"/><urgency ed-urg="4"/><date.issue norm="20230307T091500Z"/></docdata></head><body><body.head>'
        f"<hedline><hl1>Headline {number}</hl1></hedline><byline>By Ada Holm</byline><dateline><location>OSLO</location></dateline></body.head>"
        f"<body.content>{marked}</body.content></body></nitf>"
    ).encode()


def newsml_g2(body: str, number: int) -> bytes:
    """A NewsML-G2 news message with one item."""
    marked = "".join(f"<p>{text}</p>" for text in paragraphs(body))
    subjects = "".join(f'<subject qcode="medtop:2000035{n}"><name>subject {n}</name></subject>' for n in range(8))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2023-03-07T10:00:00Z</sent></header>'
        f'<itemSet><newsItem guid="n{number}" version="1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="NW"/>'
        "<versionCreated>2023-03-07T10:00:00Z</versionCreated><pubStatus qcode=\"stat:usable\"/></itemMeta><contentMeta><urgency>4</urgency>"
        f"<located><name>Oslo</name></located>{subjects}<slugline>NORTH</slugline><headline>Headline {number}</headline></contentMeta><contentSet>"
        f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{marked}</body></html></inlineXML></contentSet>'
        "</newsItem></itemSet></newsMessage>"
    ).encode()


def ninjs(body: str, number: int) -> bytes:
    """A ninjs object with its body as XHTML."""
    marked = "".join(f"<p>{text}</p>" for text in paragraphs(body))
    return json.dumps({"uri": f"n{number}", "type": "text", "versioncreated": "2023-03-07T10:00:00Z", "body_xhtml": marked}).encode()


def read_all(documents: list[Document]) -> int:
    """Read all of them; how many outcomes there were."""
    places = load_places()
    return sum(1 for document in documents for _ in read_document(document, places=places))


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the fastest of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def run() -> dict[str, float]:
    """Print and return documents a second for each format."""
    bodies = list(TextMaker(11).texts(COUNT))
    load_places()
    figures: dict[str, float] = {}
    print(f"reading of {COUNT} documents of {sum(len(body.split()) for body in bodies) // COUNT} words, on one core")
    for name, make in (("plain dispatch", plain), ("NITF", nitf), ("NewsML-G2", newsml_g2), ("ninjs", ninjs)):
        documents = [Document(id=str(number), content=make(body, number)) for number, body in enumerate(bodies)]
        read_all(documents[:20])
        rate = figures[name] = COUNT / seconds(lambda: read_all(documents))  # noqa: B023
        goal = f"   goal {GOALS[name]}" if name in GOALS else ""
        peer = ""
        if name in ("NITF", "NewsML-G2"):
            tree = COUNT / seconds(lambda: [BeautifulSoup(document.content, "lxml-xml") for document in documents])  # noqa: B023
            peer = f"   {rate / tree:5.2f} × BeautifulSoup's tree alone ({tree:.0f})"
        print(f"  {name:16} {rate:9.0f} a second{goal}{peer}")
    return figures


if __name__ == "__main__":
    run()
