"""The wires' own formats, one message of each, written for the purpose."""

from datetime import UTC, datetime

from flows.reference.places import load_places
from transforms.articles.article import Article, Item, Outcome
from transforms.articles.reader import read_document
from transforms.documents import Document


def read(content: bytes | str) -> list[Outcome]:
    raw = content.encode() if isinstance(content, str) else content
    return list(read_document(Document(id="d", content=raw), places=load_places()))


def article(content: bytes | str) -> Article:
    (outcome,) = read(content)
    assert isinstance(outcome, Article), outcome
    return outcome


NEWSML_G2 = """<?xml version="1.0"?>
<g2:newsMessage xmlns:g2="http://iptc.org/std/nar/2006-10-01/" xmlns:h="http://www.w3.org/1999/xhtml">
<g2:itemSet>
 <g2:packageItem guid="pack-1" version="1"><g2:itemMeta><g2:itemClass qcode="ninat:composite"/>
  <g2:versionCreated>2023-03-07T10:00:00Z</g2:versionCreated></g2:itemMeta>
  <g2:groupSet><g2:group><g2:itemRef residref="story-1"/></g2:group></g2:groupSet></g2:packageItem>
 <g2:newsItem guid="story-1" version="3" xml:lang="en-GB">
  <g2:rightsInfo><g2:copyrightNotice>(c) Northwire</g2:copyrightNotice></g2:rightsInfo>
  <g2:itemMeta><g2:itemClass qcode="ninat:text"/><g2:provider literal="Northwire"/>
   <g2:versionCreated>2023-03-07T12:00:00+01:00</g2:versionCreated><g2:firstCreated>2023-03-07T10:00:00+01:00</g2:firstCreated>
   <g2:pubStatus qcode="stat:usable"/><g2:signal qcode="sig:correction"/>
   <g2:link rel="irel:previousVersion" residref="story-0"/></g2:itemMeta>
  <g2:contentMeta><g2:urgency>3</g2:urgency><g2:located><g2:name>Oslo</g2:name>
   <g2:broader type="cptype:country" qcode="iso3166-1a2:NO"/></g2:located>
   <g2:subject qcode="medtop:20000350"><g2:name>central bank</g2:name></g2:subject>
   <g2:slugline>NORTH-BANK</g2:slugline><g2:headline>Bank holds rates</g2:headline></g2:contentMeta>
  <g2:contentSet><g2:inlineXML contenttype="application/xhtml+xml"><h:html><h:body>
   <h:p>OSLO, March 7 (Northwire) - The bank held <h:b>its</h:b> <h:i>rates</h:i>.</h:p><h:p>It said &quot;wait&quot;.</h:p>
   <h:p>(Reporting by Ada Holm)</h:p></h:body></h:html></g2:inlineXML></g2:contentSet>
 </g2:newsItem>
</g2:itemSet></g2:newsMessage>"""


def test_a_news_message_yields_its_package_and_its_story_with_their_relation() -> None:
    package, story = read(NEWSML_G2)
    assert isinstance(package, Item) and isinstance(story, Article)
    assert [(link.relation, link.external_id) for link in package.links] == [("has_member", "story-1")]
    assert [(link.relation, link.external_id) for link in story.links] == [("updates", "story-0"), ("member_of", "pack-1")]
    assert (story.external_id, story.version, story.change_hint, story.urgency) == ("story-1", "3", "correction", 3)
    assert (story.published_at, story.modified_at) == (
        datetime(2023, 3, 7, 9, tzinfo=UTC), datetime(2023, 3, 7, 11, tzinfo=UTC),
    )  # fmt: skip
    assert story.published_at_zone is None
    assert [(s.scheme, s.code, s.name) for s in story.subjects] == [("medtop", "20000350", "central bank")]
    assert story.dateline is not None and story.dateline.country_code == "NOR" and story.dateline.agency == "Northwire"
    assert story.body == 'The bank held its rates.\n\nIt said "wait".'
    assert story.sign_off == "(Reporting by Ada Holm)"


NEWSML_1 = """<?xml version="1.0"?><NewsML Version="1.2"><NewsEnvelope><DateAndTime>20230307T100000Z</DateAndTime></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>north.example</ProviderId><DateId>20230307</DateId><NewsItemId>n17</NewsItemId>
<RevisionId PreviousRevision="1" Update="N">2</RevisionId><PublicIdentifier>urn:newsml:north.example:20230307:n17:2N</PublicIdentifier>
</NewsIdentifier></Identification><NewsManagement><FirstCreated>20230307T090000+0100</FirstCreated>
<ThisRevisionCreated>20230307T100000+0100</ThisRevisionCreated><Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement>
<NewsComponent><NewsComponent xml:lang="nl"><NewsLines><HeadLine>Brug open</HeadLine></NewsLines>
 <NewsComponent><Role FormalName="Title"/><ContentItem><DataContent>Brug open</DataContent></ContentItem></NewsComponent>
 <NewsComponent><Role FormalName="Body"/><ContentItem><DataContent>De brug over de Lenne is sinds dinsdag open voor verkeer.
Het werk duurde drie jaar.</DataContent></ContentItem></NewsComponent></NewsComponent>
<NewsComponent xml:lang="fr" Duid="fr1"><NewsLines><HeadLine>Pont ouvert</HeadLine><DateLine>Paris, 7 mars 2023 (NW)</DateLine></NewsLines>
 <DescriptiveMetadata><SubjectCode><Subject FormalName="04000000"/></SubjectCode></DescriptiveMetadata>
 <ContentItem><MediaType FormalName="Text"/><DataContent><nitf><body><body.content><p>Le pont est ouvert depuis mardi.</p></body.content></body></nitf>
 </DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"""


def test_newsml_yields_an_article_for_each_language() -> None:
    dutch, french = read(NEWSML_1)
    assert isinstance(dutch, Article) and isinstance(french, Article)
    assert (dutch.headline, dutch.language) == ("Brug open", "nl")
    assert dutch.body.startswith("De brug over de Lenne")
    assert french.external_id == "urn:newsml:north.example:20230307:n17#fr1"
    assert french.dateline is not None and (french.dateline.place, french.dateline.country_code) == ("Paris", "FRA")
    assert [(s.scheme, s.code) for s in french.subjects] == [("subj", "04000000")]
    assert french.published_at == datetime(2023, 3, 7, 8, tzinfo=UTC)


IPTC_7901 = (
    b"\x01nwa062 4 i 211 ccccb   dpa 061\r\n\r\nNorway-harbour/\r\n\x02Fog closes harbour =\r\n\r\n   Oslo (dpa) - The harbour was closed\r\n"
    b"on Tuesday.\r\n\r\n   It opened again at noon, the port authority\r\nsaid.\r\n\r\ndpa ah pv\r\n\r\n\x03071137 GMT Mar 23 \r\n\x7f\x04"
)


def test_iptc_7901_gives_header_headline_paragraphs_and_time() -> None:
    found = article(IPTC_7901)
    assert found.format == "iptc7901"
    assert (found.headline, found.slugline, found.urgency) == ("Fog closes harbour", "Norway-harbour", 4)
    assert found.published_at == datetime(2023, 3, 7, 11, 37, tzinfo=UTC)
    assert found.published_at_zone is None
    assert found.external_id == "dpa:20230307:nwa062"
    assert found.body == "The harbour was closed on Tuesday.\n\nIt opened again at noon, the port authority said."
    assert found.sign_off == "dpa ah pv"


def test_iptc_7901_that_lost_its_control_characters_is_still_read() -> None:
    bare = IPTC_7901.translate(None, b"\x01\x02\x03\x04\x7f")
    found = article(bare)
    assert (found.format, found.headline, found.published_at) == (
        "iptc7901", "Fog closes harbour", datetime(2023, 3, 7, 11, 37, tzinfo=UTC),
    )  # fmt: skip


ANPA = (
    b"\x16\x16\x01a0105NWIRE\x1f_x-\r\nu i\x12\x14 BC-Norway-Harbor   03-07 0044\r\n\x02BC-Norway-Harbor\r\nFog closes harbor+\r\n"
    b"     OSLO, March 7 - The harbor was closed\r\non Tuesday.\r\n     It opened again at noon.\r\n\x0303-07-23 0637EST\x04\r\n"
)


def test_anpa_1312_gives_category_priority_and_time_in_its_zone() -> None:
    found = article(ANPA)
    assert found.format == "anpa"
    assert (found.headline, found.slugline, found.urgency) == ("Fog closes harbor", "BC-Norway-Harbor", 3)
    assert [(s.scheme, s.code, s.name) for s in found.subjects] == [("anpa", "i", "international")]
    assert found.published_at == datetime(2023, 3, 7, 11, 37, tzinfo=UTC)
    assert found.body == "The harbor was closed on Tuesday.\n\nIt opened again at noon."


def test_a_mail_is_an_article_with_its_subject_as_headline() -> None:
    found = article(
        "From: Ada Holm <ada@example.com>\r\nDate: Tue, 7 Mar 2023 10:00:00 +0100\r\nSubject: =?utf-8?q?Br=C3=BCcke_offen?=\r\n"
        "Message-ID: <17@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "Die Brücke über die Lenne ist offen, sagte der Sprecher der Stadt am Dienstag.\r\n\r\n-- \r\nAda Holm\r\n"
    )
    assert (found.headline, found.authors, found.external_id) == ("Brücke offen", ("Ada Holm",), "17@example.com")
    assert found.published_at == datetime(2023, 3, 7, 9, tzinfo=UTC)
    assert found.body == "Die Brücke über die Lenne ist offen, sagte der Sprecher der Stadt am Dienstag."


def test_schema_org_within_a_graph_is_found() -> None:
    found = article(
        '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "headline": "Fog", '
        '"datePublished": "2023-03-07T10:00:00+01:00", "author": {"@type": "Person", "name": "Ada Holm"}, "keywords": "fog, Oslo", '
        '"articleBody": "The harbour was closed on Tuesday.", "isAccessibleForFree": false}]}'
    )
    assert (found.headline, found.authors, found.is_paywalled) == ("Fog", ("Ada Holm",), True)
    assert found.published_at == datetime(2023, 3, 7, 9, tzinfo=UTC)
    assert [s.name for s in found.subjects] == ["fog", "Oslo"]


def test_a_warc_record_is_read_as_its_payload() -> None:
    payload = b"OSLO (NTB) - The harbour was closed by fog on Tuesday, the port authority said in a statement."
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (len(payload), payload)
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2023-03-07T09:00:00Z\r\n"
        b"WARC-Target-URI: https://example.com/fog\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    ) % (len(http), http)
    found = article(warc)
    assert (found.document_id, found.url) == ("d#1", "https://example.com/fog")
    assert found.dateline is not None and found.dateline.place == "Oslo"


def test_a_headline_line_above_the_dateline_of_a_plain_dispatch_is_its_headline() -> None:
    found = article("Fog closes harbour\n\nBy Ada Holm\n\nOSLO, March 7 (NTB) - The harbour was closed.\n\nENDS")
    assert (found.headline, found.byline, found.authors) == ("Fog closes harbour", "By Ada Holm", ("Ada Holm",))
    assert (found.body, found.sign_off) == ("The harbour was closed.", "ENDS")
