"""The look of the brief: one stylesheet, light and dark, for screens of any width and for paper."""

from collections.abc import Mapping

from transforms.brief.palette import DARK, LIGHT


def stylesheet() -> str:
    """The whole stylesheet."""
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}"
    return f":root{{{_variables(LIGHT)}}}{dark}" + "".join(line.strip() for line in _RULES.splitlines())


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


_RULES = """
*{box-sizing:border-box}
:root{color-scheme:light dark;--serif:Georgia,"Iowan Old Style","Times New Roman","Liberation Serif",serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 var(--sans);overflow-wrap:break-word}
main,header,footer{max-width:1120px;margin:0 auto;padding:0 20px}
h1,h2,h3,h4,p,ul,ol,dl,dd,figure,blockquote{margin:0}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
a:focus-visible,pre:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:not(:focus){position:absolute;left:-9999px}

header{padding-top:28px}
.name{font:600 13px/1 var(--sans);letter-spacing:.14em;text-transform:uppercase;color:var(--muted)}
h1{font:700 44px/1.1 var(--serif);letter-spacing:-.01em;margin:10px 0 8px}
.dated{color:var(--muted);font-size:15px}
nav{margin-top:18px;border-top:3px double var(--rule);border-bottom:1px solid var(--rule);padding:9px 0}
nav ul{display:flex;flex-wrap:wrap;gap:4px 22px;list-style:none;padding:0;font-size:14px}
nav a{color:var(--ink);text-decoration:none}
nav a:hover{text-decoration:underline}

section{padding-top:44px}
h2{font:700 28px/1.2 var(--serif);border-bottom:2px solid var(--ink);padding-bottom:6px;margin-bottom:14px}
.lede{color:var(--muted);max-width:116ch;margin-bottom:14px}
h3{font:650 16px/1.3 var(--sans);display:inline}
h4{font:600 18px/1.3 var(--serif)}
h4 a,h4 a:visited{color:var(--ink);text-decoration:none}
h4 a:hover{text-decoration:underline}
.meta,.note,.about,.against{color:var(--muted);font-size:14px;line-height:1.45}
.note{margin-top:2px}
.panel{min-width:0}section>.panel+.panel{margin-top:28px}
figcaption{margin-bottom:10px}
.sql{font:600 11px/1 var(--mono);letter-spacing:.03em;color:var(--muted);text-decoration:none;border:1px solid var(--rule);
border-radius:3px;padding:2px 4px;margin-left:8px;white-space:nowrap;vertical-align:2px}
.sql:hover{color:var(--link);border-color:var(--link)}
.empty{color:var(--muted);padding:10px 0}
.nothing{font:20px/1.5 var(--serif);padding:28px 0 4px;max-width:60ch}
.pair,.triple{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:34px 44px;margin-top:26px}
.triple{grid-template-columns:repeat(3,minmax(0,1fr));gap:34px 36px}

.numbers{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));margin-top:26px}
.numbers>div{padding:2px 14px 2px 18px;border-left:1px solid var(--rule)}
.numbers>div:first-child{border-left:0;padding-left:0}
dt{font-size:14px;color:var(--muted)}
dd.figure{font:700 38px/1.15 var(--serif);font-variant-numeric:lining-nums tabular-nums}
.against{font-size:13px}

.chart{display:block;width:100%;height:auto;overflow:visible}
.chart text{font:9.5px var(--sans);fill:var(--muted);font-variant-numeric:tabular-nums}
.chart .value{font-weight:600;fill:var(--ink)}
.chart .value.pale{font-weight:400;fill:var(--muted)}
.own{fill:var(--own);background:var(--own)}
.copy{fill:var(--copy);background:var(--copy)}
.own-pale{fill:var(--own-pale)}.copy-pale{fill:var(--copy-pale)}
.axis{stroke:var(--rule);stroke-width:1}
.bar{width:100%;min-width:60px;max-width:140px;height:16px}
.bar .tick{stroke:var(--ink);stroke-width:1.6}
.spark{width:64px;height:16px}
.spark .line{fill:none;stroke:var(--before);stroke-width:1.4;stroke-linejoin:round}
.spark .dot{fill:var(--own)}
.key{display:inline-block;width:11px;height:11px;border-radius:2px;margin:0 4px 0 2px;vertical-align:-1px}
.key:not(:first-child){margin-left:10px}
.key.tick{width:2px;height:13px;border-radius:0;background:var(--ink);margin-right:6px}
.key.good{background:var(--good)}.key.bad{background:var(--bad)}

.stories{list-style:none;padding:0;display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 44px}
.stories li{padding:14px 0;border-top:1px solid var(--rule)}
.stories li:first-child{grid-column:1/-1;border-top:0;padding-top:2px}
.stories li:first-child h4{font-size:28px;line-height:1.2}
.stories li:nth-child(2),.stories li:nth-child(3){border-top:1px solid var(--rule)}
.spread{font:600 14px/1.5 var(--sans);margin-top:3px}

.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:15px;line-height:1.35}
th,td{text-align:left;padding:6px 10px 6px 0;vertical-align:middle;border-top:1px solid var(--rule);font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{border-top:0;color:var(--muted);font-size:12.5px;vertical-align:bottom;line-height:1.2}
.count{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
thead .count{white-space:normal}
.today{font-weight:650}
th .about{display:block;font-size:13px}
td .new{font-weight:650;color:var(--link)}
td.spark,th.spark{width:66px}
.bars{width:34%}

.uneven{grid-template-columns:minmax(0,11fr) minmax(0,9fr);gap:34px 36px;margin-bottom:10px}
.world{margin:4px 0}
.names td.wide{width:26%}
.world .land{fill:none;stroke:var(--land);stroke-width:3;stroke-linecap:round}
.arc{fill:none;stroke-linecap:round;opacity:.85}
.arc.good{stroke:var(--good)}.arc.bad{stroke:var(--bad);stroke-linecap:butt}
.node{fill:var(--ink);stroke:var(--paper);stroke-width:1}
.world text.place{font-size:15px;font-weight:600;fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round}
.matrix{font-size:13px;table-layout:fixed}
.matrix th:first-child{width:22%}
.matrix th,.matrix td{padding:5px 2px;text-align:center;border:1px solid var(--rule);font-variant-numeric:tabular-nums}
.matrix th[scope=row]{text-align:left;padding-left:0;border-left:0}
.matrix thead th{border-top:0;font-size:11px;white-space:nowrap}.matrix thead th:first-child{border-left:0}
.matrix abbr{text-decoration:none}.matrix .short{display:none}
.self{background:var(--panel)}
.good-1{background:var(--good-1)}.good-2{background:var(--good-2)}.good-3{background:var(--good-3)}
.bad-1{background:var(--bad-1)}.bad-2{background:var(--bad-2)}.bad-3{background:var(--bad-3)}

.statements,.corrections,.silent,.panel ul{list-style:none;padding:0}
.statements li,.silent li,.panel ul li{padding:9px 0;border-top:1px solid var(--rule)}
.who{font-weight:650;line-height:1.35}
.arrow{color:var(--muted);font-weight:400}
blockquote{font:16px/1.45 var(--serif);margin:3px 0}
.corrections{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 44px}
.corrections li{padding:12px 0;border-top:1px solid var(--rule)}
.kind{color:var(--copy)}.kind.kill{color:var(--bad)}.kind.revival{color:var(--good)}
.ed-note{font:italic 15px/1.45 var(--serif);margin-top:3px}
.change{font:15px/1.5 var(--serif);margin-top:6px}
del{color:var(--bad);text-decoration:line-through}
ins{color:var(--good);text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:2px}

.query{padding:18px 0 0}
.query:target{outline:3px solid var(--link);outline-offset:8px;border-radius:2px}
pre{font:13px/1.5 var(--mono);background:var(--panel);border:1px solid var(--rule);border-radius:4px;padding:12px 14px;
margin:8px 0 4px;overflow-x:auto;user-select:all;-webkit-user-select:all;tab-size:4}
footer{margin-top:48px;padding:16px 20px 40px;color:var(--muted);font-size:14px}
footer p{border-top:1px solid var(--rule);padding-top:14px}

@media screen and (max-width:1000px){
.triple,.uneven{grid-template-columns:minmax(0,1fr)}
.pair{gap:30px 28px}.names .wide{display:none}
}
@media screen and (max-width:720px){
main,header,footer{padding-left:16px;padding-right:16px}
h1{font-size:33px}h2{font-size:25px}
.pair,.stories,.corrections{grid-template-columns:minmax(0,1fr)}
.numbers{grid-template-columns:repeat(2,minmax(0,1fr));gap:18px 0}
.numbers>div:nth-child(odd){border-left:0;padding-left:0}
.numbers>div:first-child{grid-column:1/-1}
.numbers>div:nth-child(even){border-left:0;padding-left:0}
.numbers>div:nth-child(odd):not(:first-child){border-left:1px solid var(--rule);padding-left:18px}
.stories li:first-child h4{font-size:23px}
.wide{display:none}.chart text{font-size:11px}
.world text.place{display:none}.world text.major{display:inline;font-size:22px}
.matrix{font-size:11.5px}.matrix .long{display:none}.matrix .short{display:inline}
.matrix th:first-child{width:auto}.matrix th,.matrix td{padding:4px 0}.matrix thead th{font-size:10px}
}
@media print{
@page{size:A4;margin:16mm 15mm}
body{font-size:9.5pt;line-height:1.4}main,header,footer{max-width:none;padding:0}
nav,.sql,.skip,.names .wide,.publishers .wide{display:none}
table,.lede,.spread,blockquote,.change,.ed-note{font-size:9pt}.meta,.note,.about,.against,dt,thead th,.dated{font-size:8pt}
dd.figure{font-size:21pt}h3{font-size:10.5pt}.numbers>div{padding:0 8pt 0 10pt}
.pair,.triple,.numbers{margin-top:12pt}.uneven{grid-template-columns:minmax(0,1fr)}
th,td{padding-top:3pt;padding-bottom:3pt}.stories li,.corrections li,.statements li,.silent li{padding:6pt 0}
.matrix{font-size:8.5pt}.matrix th,.matrix td{padding:2.5pt 1pt}
a{color:inherit;text-decoration:none}
h1{font-size:27pt}h2{font-size:16pt;break-after:avoid}h3,h4{break-after:avoid}h4{font-size:11.5pt}
section{padding-top:18pt}
.stories li:first-child h4{font-size:17pt}
li,tr,.query,.numbers,svg{break-inside:avoid}
.pair{gap:18pt 26pt}
.scroll{overflow:visible}
pre{white-space:pre-wrap;font-size:7.5pt;overflow:visible}
#queries{break-before:page}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
"""
