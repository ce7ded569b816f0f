"""Bodies out of pages of many makes: what belongs to the text stays, in order; what stands around it does not."""

import pytest

from transforms.articles.article import Article
from transforms.articles.pages.furniture import class_verdict
from transforms.articles.pages.page import read_page
from transforms.documents import Document

FIRST = "The ferry between the mainland and Port Amity sailed again on Tuesday morning after two days in harbour."
SECOND = "About four hundred passengers had waited on the quay since Sunday, when waves of six metres closed the strait."
THIRD = "The harbour master expects the timetable to be back to normal by Thursday, and asks travellers to be patient."
FOURTH = "Two extra sailings leave on Wednesday at noon, the operator said, and tickets for Sunday stay valid for a week."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p>"


def body_of(inside: str, *, head: str = "", lang: str = "en") -> list[str]:
    markup = f"<html lang='{lang}'><head><title>Ferry sails again</title>{head}</head><body>{inside}</body></html>"
    outcome = read_page(Document(id="x", content=b"", url="https://courier.example/news/ferry"), markup, publisher=None)
    assert isinstance(outcome, Article), outcome
    return outcome.body.split("\n\n")


@pytest.mark.parametrize("around", [
    "<article>{}</article>",
    "<div id='content'><div class='post'><div class='entry-content'>{}</div></div></div>",
    "<form action='/page.aspx'><table><tr><td><div>{}</div></td></tr></table></form>",
    "<main><section><div class='css-1xdhyk6'>{}</div></section></main>",
    "<div itemprop='articleBody'>{}</div>",
    "<div class='elementor-widget-container'>{}</div>",
    "<div class='no-sidebar md:hidden has-related print:block'>{}</div>",
    "<div class='clearfix text-formatted field field--name-field-text field--label-hidden field__item'>{}</div>",
    "<div class='cmp cmp-text aem-GridColumn'>{}</div>",
    "<div class='l-grid lm-grid--with-right-rail'>{}</div>",
    "<nav class='navbar'><a href='/'>Home</a><div class='page'><main>{}</main></div>",
    "<fieldset><main>{}</main></fieldset>",
    "<noscript><div class='page'>{}</div>",
])  # fmt: skip
def test_the_text_is_found_in_any_container(around: str) -> None:
    assert body_of("<h1>Ferry sails again</h1>" + around.format(TEXT)) == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize("furniture", [
    "<aside><p>An aside about the history of the strait and its lighthouses, long enough to look like text.</p></aside>",
    "<figure><img src='a.jpg'><figcaption>The ferry on Tuesday, seen from the lighthouse. Photo: Mia Roth</figcaption></figure>",
    "<div class='wp-caption'><img src='a'><p class='wp-caption-text'>The ferry on Tuesday, seen from the lighthouse.</p></div>",
    "<div class='related-articles'><h3>Related</h3><p>Another ferry company has asked for a licence to sail the strait this year.</p></div>",
    "<div class='newsletter-signup'><p>Sign up for our daily newsletter and never miss what happens in the harbour.</p></div>",
    "<div class='share-bar'><span>Share</span> <a href='#'>Twitter</a> <a href='#'>Facebook</a></div>",
    "<p><a href='/x'>READ MORE: Storm leaves three villages without power</a></p>",
    "<p>Advertisement</p>",
    "<noscript><p>This page needs a script.</p><p>So do the others of the Courier, all of them.</p><p>Please allow them.</p></noscript>",
    "<div class='cmp-banner'><p>The Courier and its partners store information on your device, as our policy says.</p></div>",
    "<nav><main-menu><p>Everything that the Courier has to offer, in one menu with a sentence of decent length.</p></main-menu></nav>",
    "<p>Lesen Sie auch: Sturm über der Meerenge</p>",
    "<ul><li><a href='/1'>Storm over the strait</a></li><li><a href='/2'>The lighthouse is for sale</a></li></ul>",
    "<div style='display: none'><p>Hidden words that only a machine would read, in a sentence of decent length.</p></div>",
    "<script>var text = '<p>Not a paragraph at all, though it looks like one from here.</p>';</script>",
    "<div class='abc'><h3>Stay informed</h3><p>Create an account or sign in to continue reading our coverage of the harbour.</p></div>",
    "<p>The quay on Sunday evening, seen from the lighthouse. <span>Getty Images/Mia Roth</span></p>",
    "<p><strong>For more news from the harbour, sign up for <a href='/n'>our newsletters</a>.</strong></p>",
    "<ul><li>All the news: <a href='/a'>the Courier's news app</a></li><li>The Courier on <a href='/f'>Facebook</a> too</li></ul>",
    "<blockquote class='twitter-tweet'><p>Look at these waves!</p>— Somebody (@somebody) March 5, 2024</blockquote>",
])  # fmt: skip
def test_furniture_between_paragraphs_is_left_out(furniture: str) -> None:
    inside = f"<article><h1>Ferry sails again</h1><p>{FIRST}</p><p>{SECOND}</p>{furniture}<p>{THIRD}</p><p>{FOURTH}</p></article>"
    assert body_of(inside) == [FIRST, SECOND, THIRD, FOURTH]


def test_headings_lists_quotes_and_tables_stay_in_order() -> None:
    inside = f"""<article><h1>Ferry sails again</h1><p>{FIRST}</p><h2>What comes next</h2><p>{SECOND}</p>
    <ul><li>Two extra sailings on Wednesday</li><li>None on Friday</li></ul>
    <blockquote><p>“We have never seen such waves,” she said.</p></blockquote>
    <table><tr><th>Day</th><th>Sailings</th></tr><tr><td>Wednesday</td><td>6</td></tr></table><p>{THIRD}</p></article>"""
    assert body_of(inside) == [
        FIRST, "What comes next", SECOND, "Two extra sailings on Wednesday", "None on Friday",
        "“We have never seen such waves,” she said.", "Day Sailings", "Wednesday 6", THIRD,
    ]  # fmt: skip


def test_words_in_inline_elements_are_not_torn_apart() -> None:
    inside = f"<article><p><span class='dropcap'>T</span>he <b>fer</b>ry sailed<sup>1</sup>, and <a href='/t'>timetables</a>, too, are as they were before.</p><p>{SECOND}</p></article>"
    assert body_of(inside)[0] == "The ferry sailed1, and timetables, too, are as they were before."


def test_line_breaks_make_paragraphs_where_there_are_no_others() -> None:
    inside = f"<div id='text'>{FIRST}<br><br>{SECOND}<br>\n<br>{THIRD}<br>Last line.</div>"
    assert body_of(inside) == [FIRST, SECOND, f"{THIRD} Last line."]


def test_the_standfirst_opens_the_body_wherever_it_stands() -> None:
    lead = "Ships sail again after a storm that closed the strait for two whole days."
    inside = f"<header><h1>Ferry sails again</h1><p class='standfirst'>{lead}</p><p class='byline'>By Ana Velk</p></header><div class='article-body'>{TEXT}</div>"
    assert body_of(inside)[:2] == [lead, FIRST]
    described = f"<div><h1>Ferry sails again</h1><div class='x1'>{lead}</div></div><div class='article-body'>{TEXT}</div>"
    assert body_of(described, head=f"<meta name='description' content='{lead}'>")[:2] == [lead, FIRST]


def test_teasers_of_other_articles_are_not_the_text() -> None:
    teaser = "<div class='c1'><h3><a href='/{0}'>Another story of the harbour {0}</a></h3><p>It begins like this and goes on for some words, as teasers number {0} do.</p></div>"
    inside = f"<div><h1>Ferry sails again</h1>{TEXT}<div>{''.join(teaser.format(number) for number in range(6))}</div></div>"
    assert body_of(inside) == [FIRST, SECOND, THIRD, FOURTH]


def test_comments_longer_than_the_article_are_comments() -> None:
    comments = "".join(f"<div class='comment'><p>Comment {number}: I have waited there on Sunday too and nobody told us anything at all.</p></div>" for number in range(30))
    assert body_of(f"<article><h1>Ferry sails again</h1>{TEXT}</article><div id='comments'>{comments}</div>") == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize(("lang", "paragraphs"), [
    ("ar", ["أبحرت العبارة بين البر الرئيسي وميناء أميتي من جديد صباح الثلاثاء بعد يومين في الميناء، بحسب الشركة المشغلة.",
            "وكان نحو أربعمئة مسافر ينتظرون على الرصيف منذ الأحد عندما أغلقت أمواج بارتفاع ستة أمتار المضيق أمام جميع السفن."]),
    ("he", ["המעבורת בין היבשה לנמל אמיטי הפליגה שוב ביום שלישי בבוקר לאחר יומיים בנמל, כך מסרה החברה המפעילה.",
            "כארבע מאות נוסעים המתינו על הרציף מאז יום ראשון, כאשר גלים בגובה שישה מטרים סגרו את המצר לכל האוניות."]),
    ("ja", ["本土とアミティ港を結ぶフェリーは火曜日の朝、二日間の停泊の後に再び出航したと運航会社が発表した。",
            "日曜日以来、約四百人の乗客が岸壁で待っていた。高さ六メートルの波が海峡を閉ざしていたためである。"]),
    ("ko", ["본토와 애머티 항을 잇는 여객선이 이틀간의 정박 끝에 화요일 아침 다시 출항했다고 운항사가 밝혔다.",
            "약 사백 명의 승객이 일요일부터 부두에서 기다렸다. 육 미터 높이의 파도가 해협을 막았기 때문이다."]),
    ("th", ["เรือเฟอร์รี่ระหว่างแผ่นดินใหญ่กับท่าเรืออามิตีออกเดินทางอีกครั้งในเช้าวันอังคารหลังจากจอดอยู่สองวัน ผู้ให้บริการกล่าว",
            "ผู้โดยสารประมาณสี่ร้อยคนรออยู่ที่ท่าเรือตั้งแต่วันอาทิตย์ เมื่อคลื่นสูงหกเมตรปิดช่องแคบสำหรับเรือทุกลำ"]),
    ("kk", ["Құрлық пен Амити порты арасындағы паром екі күн айлақта тұрғаннан кейін сейсенбі күні таңертең қайта жолға шықты.",
            "Жексенбіден бері төрт жүзге жуық жолаушы айлақта күтті, өйткені алты метрлік толқындар бұғазды жауып тастаған еді."]),
])  # fmt: skip
def test_any_script_is_text(lang: str, paragraphs: list[str]) -> None:
    inside = "<article><h1>…</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article>"
    assert body_of(inside, lang=lang) == paragraphs


def test_a_body_that_only_a_script_would_draw_is_read_from_its_data() -> None:
    data = "".join(f"\\u003cp\\u003e{paragraph}\\u003c/p\\u003e" for paragraph in (FIRST, SECOND, THIRD, FOURTH))
    script = f'<script id="data">window.state = {{"story": {{"html": "{data}"}}}};</script>'
    assert body_of(f"<div id='root'></div>{script}") == [FIRST, SECOND, THIRD, FOURTH]
    article_body = "\\n\\n".join((FIRST, SECOND, THIRD, FOURTH))
    json_ld = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry", "articleBody": "{article_body}"}}</script>'
    assert body_of("<div id='root'></div>", head=json_ld) == [FIRST, SECOND, THIRD, FOURTH]


def test_a_signature_in_the_text_is_the_author_and_no_paragraph() -> None:
    markup = f"<html><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1><p><b>Ana Velk</b></p>{TEXT}</article></body></html>"
    outcome = read_page(Document(id="x", content=b""), markup, publisher=None)
    assert isinstance(outcome, Article)
    assert outcome.authors == ("Ana Velk",)
    assert outcome.body.startswith(FIRST)


def test_a_headline_in_the_breadcrumbs_still_leads_to_the_standfirst() -> None:
    lead = "Ships sail again after a storm that closed the strait for two whole days."
    inside = f"<article><nav><a href='/'>Home</a><h1>Ferry sails again</h1></nav><p class='lead'>{lead}</p><div class='article-body'>{TEXT}</div></article>"
    assert body_of(inside)[:2] == [lead, FIRST]


def test_a_heading_that_is_the_target_of_a_jump_is_no_link() -> None:
    heading = "<h3><a name='next'>What comes next</a></h3>"
    teaser = "<h3><a href='/next'>What comes next</a></h3>"
    assert "What comes next" in body_of(f"<article>{TEXT}{heading}{TEXT.replace('The', 'This')}</article>")
    assert "What comes next" not in body_of(f"<article>{TEXT}{teaser}{TEXT.replace('The', 'This')}</article>")


def test_sentences_right_behind_the_headline_open_the_body() -> None:
    assert body_of(f"<div><hgroup><h1>Ferry sails again</h1></hgroup><div>{FIRST}</div></div><article><p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p></article>")[0] == FIRST


@pytest.mark.parametrize("inside", [
    "<div class='story'><h1>Ferry sails again</h1>{}<br><br>{}<br><br>{}<br><br>{}</div>",
    "<div class='story'><h1>Ferry sails again</h1>{}<br>{}<br>{}<br>{}</div>",
    "<main><h1>Ferry sails again</h1><div><span>{}</span></div><div><span>{}</span></div><div>{}</div><div>{}</div></main>",
    "<story-page><h1>Ferry sails again</h1><story-line>{}</story-line><story-line>{}</story-line><story-line>{}</story-line><story-line>{}</story-line></story-page>",
    "<div><h1>Ferry sails again</h1><div><span style='display:block'>{}</span><span style='display:block'>{}</span>{}<br><br>{}</div></div>",
    "<h1>Ferry sails again</h1><pre>{}\n\n{}\n\n{}\n\n{}</pre>",
    "<table><tr><td><a href='/'>Home</a> <a href='/n'>News</a></td><td><h1>Ferry sails again</h1>{}<br><br>{}<br><br>{}<br><br>{}</td></tr></table>",
    "<div class='hentry'><h1>Ferry sails again</h1><div class='post-body entry-content'><div dir='ltr'>{}<br/><br/>{}<br/><br/>{}<br/><br/>{}</div></div>"
    "<div class='post-footer'>Posted by Ana Velk at 9:30 AM</div></div>",
    "<article><h1>Ferry sails again</h1><div class='sqs-block'><p>{}</p><p>{}</p></div><div class='image-caption'><p>The ferry.</p></div><div class='sqs-block'><p>{}</p><p>{}</p></div></article>",
    "<article><h1>Ferry sails again</h1><amp-img src='a'></amp-img><p>{}</p><amp-ad></amp-ad><p>{}</p><p>{}</p><p>{}</p></article>",
])  # fmt: skip
def test_paragraphs_of_any_make_are_paragraphs(inside: str) -> None:
    assert body_of(inside.format(FIRST, SECOND, THIRD, FOURTH)) == [FIRST, SECOND, THIRD, FOURTH]


def test_lines_that_end_no_sentence_stay_together() -> None:
    verse = "The sea was high<br>the quay was long<br>four hundred sang<br>a sailor's song."
    assert "The sea was high the quay was long four hundred sang a sailor's song." in body_of(f"<article>{TEXT}<p>{verse}</p></article>")


def test_an_element_of_a_name_of_its_own_within_a_paragraph_does_not_part_it() -> None:
    line = "Shares of the operator <stock-quote>rose</stock-quote> on Tuesday, for the first time since the storm began."
    assert "Shares of the operator rose on Tuesday, for the first time since the storm began." in body_of(f"<article>{TEXT}<p>{line}</p></article>")


def test_a_live_blog_keeps_its_headings() -> None:
    posts = "".join(f"<div class='post'><time>0{at}:30</time><h2>Update {at} from the quay</h2><p>{text}</p></div>" for at, text in enumerate((FIRST, SECOND, THIRD, FOURTH)))
    assert body_of(f"<article><h1>Ferry sails again</h1>{posts}</article>")[:4] == ["Update 0 from the quay", FIRST, "Update 1 from the quay", SECOND]


def test_a_label_above_the_headline_is_no_text() -> None:
    assert body_of(f"<article><h2>Port Amity</h2><h1>Ferry sails again</h1>{TEXT}</article>") == [FIRST, SECOND, THIRD, FOURTH]


def test_a_box_is_told_from_paragraphs_that_stand_beside_a_picture() -> None:
    text = TEXT.replace("<p>", "<p class='copy'>")
    beside = "<div class='grid'><p class='{}'>She had waited for two days with a crate of oranges and a dog, she said.</p></div>"
    page = "<article><h1>Ferry sails again</h1>" + text + "{}<p class='copy'>Nobody knows for how long it will sail.</p></article>"
    assert len(body_of(page.format(beside.format("copy")))) == 6
    assert len(body_of(page.format(beside.format("fact")))) == 5, "made unlike the body"
    headed = beside.format("copy").replace("<p", "<h3>About the dog</h3><p", 1)
    assert len(body_of(page.format(headed))) == 5, "under a heading of its own"


def test_a_sentence_in_an_element_of_its_own_before_the_first_paragraph_stays() -> None:
    lead = "What two days without a ferry mean for an island of four hundred people and one shop."
    page = "<article><h1>Ferry sails again</h1><div><div><p>{}</p></div></div>" + TEXT + "</article>"
    assert body_of(page.format(lead)) == [lead, FIRST, SECOND, THIRD, FOURTH]
    assert body_of(page.format("Mia Roth Port Amity Evening Herald")) == [FIRST, SECOND, THIRD, FOURTH]


def test_an_article_that_is_a_list_is_read() -> None:
    items = "".join(f"<li>{text}</li>" for text in (FIRST, SECOND, THIRD, FOURTH))
    assert body_of(f"<div><div><p>For readers on the quay alone.</p></div><ul><li><h2>Ferry sails again</h2></li>{items}</ul></div>")[-4:] == [FIRST, SECOND, THIRD, FOURTH]


def test_what_is_hidden_on_telephones_alone_is_on_the_page() -> None:
    assert class_verdict("tabs hidden-xs") == class_verdict("l-hidden-s") == class_verdict("hidden-print") == ""
    assert class_verdict("tabs hidden-lg") == class_verdict("hidden") == "strong"


def test_a_body_in_several_elements_of_one_name_is_whole() -> None:
    told = "report: the ferry between the mainland and Port Amity sailed again, and nobody on the quay was left behind this time."
    parts = "".join(f'<div class="story-body part-{part}">{"".join(f"<p>{part}{letter} {told}</p>" for letter in "abcd")}</div>' for part in range(3))
    assert len(body_of(f"<div><h1>Ferry</h1><div>{parts}</div></div>")) == 12
