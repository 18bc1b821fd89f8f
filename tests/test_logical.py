"""Scripts whose shapes do not tell what was written: what is copied and what is read aloud is the text."""

import pytest
from pdf_judge import failed_rules, needs_a_jdk
from pdf_reading import copied, needs_poppler, spoken, text
from test_translating import TRANSLATED

from policing_summary import checks, content, language, leaflet, typesetting
from policing_summary.formats import FORMATS

CATALOGUE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
WRITTEN = {
    "bn": (
        "পুলিশ কমিশনারের চিঠি",
        "কিশোর অপরাধ কমেছে, কিন্তু ছিনতাই বেড়েছে। গত বছর আমরা প্রতিটি রাস্তায় হেঁটেছি এবং বাসিন্দাদের কথা শুনেছি।",
        "Havering থানায় ফোন করুন: 0300 123 1212।",
    ),
    "pa": (
        "ਕਮਾਂਡਰ ਦੀ ਚਿੱਠੀ",
        "ਪਿਛਲੇ ਸਾਲ ਚੋਰੀਆਂ ਘਟੀਆਂ, ਪਰ ਲੁੱਟ ਦੀਆਂ ਘਟਨਾਵਾਂ ਵਧੀਆਂ। ਅਸੀਂ ਹਰ ਗਲੀ ਵਿੱਚ ਗਏ ਅਤੇ ਲੋਕਾਂ ਦੀ ਗੱਲ ਸੁਣੀ।",
        "Havering ਥਾਣੇ ਨੂੰ ਫ਼ੋਨ ਕਰੋ: 0300 123 1212।",
    ),
    "ta": (
        "தளபதியின் கடிதம்",
        "கடந்த ஆண்டு திருட்டு குறைந்தது, ஆனால் கொள்ளை அதிகரித்தது. நாங்கள் ஒவ்வொரு தெருவிலும் நடந்து மக்களின் கருத்தைக் கேட்டோம்.",
        "Havering காவல் நிலையத்தை அழைக்கவும்: 0300 123 1212.",
    ),
}


@pytest.fixture(scope="module", params=WRITTEN)
def made(request, tmp_path_factory):
    """A leaflet in one of the scripts, and its sentences."""
    tag, root = request.param, tmp_path_factory.mktemp(request.param)
    (root / "locale" / tag).mkdir(parents=True)
    (root / "locale" / tag / "messages.po").write_text(CATALOGUE, encoding="utf-8")
    heading, body, phone = WRITTEN[tag]
    files = {name: said for name, said in TRANSLATED.items() if ".pl." not in name} | {
        "site.yaml": TRANSLATED["site.yaml"].replace("[pl, ur]", f"[{tag}]"),
        f"site.{tag}.yaml": f"title: {heading}\ndescription: {heading}\narea: London\n",
        f"2009-10/edition.{tag}.yaml": f"title: {heading}\nlabel: 2009/10\nperiod: 2009/10\n"
        "measures: {robbery: {name: Robbery}, gun-crime: {name: Gun crime}}\n",
        f"2009-10/havering.{tag}.yaml": f"summary: {heading}\ncommander:\n  title: {heading}\n"
        f"  from: {{role: {heading}}}\n  body: |\n    {body}\n\n    {phone}\n",
    }
    files["2009-10/havering.yaml"] = files["2009-10/havering.yaml"].replace(
        "commander:\n", "commander:\n  title: From the commander\n"
    )
    for name, said in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "CATALOGUES", root / "locale")
        sheets, _ = checks.run(content.load(root / "content"))
        sheet = next(each for each in sheets if each.language.tag == tag)
        done = typesetting.typeset(leaflet.compose(sheet, FORMATS["accessible"]))
    (root / "leaflet.pdf").write_bytes(done.pdf)
    return root / "leaflet.pdf", WRITTEN[tag]


@needs_poppler
@pytest.mark.parametrize("read", [copied, text, spoken])
def test_every_sentence_is_read_as_it_was_written(made, read):
    file, written = made
    said = " ".join(read(file).replace("\N{NO-BREAK SPACE}", " ").split())
    assert [each for each in written if each not in said] == []


@needs_a_jdk
def test_the_file_is_still_fit_for_archives(made):
    assert failed_rules(made[0], standard="2a") == []
