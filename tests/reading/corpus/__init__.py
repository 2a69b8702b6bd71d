"""Articles written for measuring the reader, each with what a careful human says it contains.

`cases()` yields (file name, bytes, expected). `compare()` says in words where a reading differs from it;
keys that an expectation does not name are not compared, because they are arguable or beside the point.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SUFFIXES = (".txt", ".md", ".json")
Json = Mapping[str, Any]
Case = tuple[str, bytes, dict[str, Any]]


def cases() -> Iterator[Case]:
    yield from written_cases()
    yield from byte_cases()
    yield "generated_hundred_exchanges.txt", *hundred_exchanges()


def written_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.expected.json")):
        stem = path.name.removesuffix(".expected.json")
        article = next(FOLDER / (stem + suffix) for suffix in SUFFIXES if (FOLDER / (stem + suffix)).exists())
        yield article.name, article.read_bytes(), json.loads(path.read_text("utf-8"))


def byte_cases() -> Iterator[Case]:
    yield from same_article_in_other_bytes()
    yield from unreadable_bytes()


def same_article_in_other_bytes() -> Iterator[Case]:
    """Encodings and line ends change nothing but the point that names a doubtful encoding."""
    text, expected = base("s1_fullwidth_two_films")
    crlf = text.replace("\n", "\r\n")
    guessed = expected | {"why": "bytes: GB18030 is read, with a point that names it", "points": [{"has": "gb18030"}]}
    guessed.pop("doubt", None)  # whether a guessed encoding keeps entries in draft is not ours to say
    yield "bytes_gb18030.txt", text.encode("gb18030"), guessed
    yield "bytes_utf16_le_bom.txt", codecs.BOM_UTF16_LE + text.encode("utf-16-le"), why(expected, "UTF-16 LE")
    yield "bytes_utf16_be_bom.txt", codecs.BOM_UTF16_BE + crlf.encode("utf-16-be"), why(expected, "UTF-16 BE, CRLF")
    yield "bytes_utf8_bom_crlf.txt", codecs.BOM_UTF8 + crlf.encode(), why(expected, "UTF-8 with BOM and CRLF")
    yield "bytes_cr_only.txt", text.replace("\n", "\r").encode(), why(expected, "line ends of old Macs")
    yield "bytes_no_last_newline.txt", text.rstrip("\n").encode(), why(expected, "no newline at the end")
    korean, in_korean = base("s2_korean")
    cp949 = in_korean | {"why": "bytes: EUC-KR named by the editor", "options": {"encoding": "cp949"}}
    yield "bytes_cp949_named.txt", korean.encode("cp949"), cp949


def unreadable_bytes() -> Iterator[Case]:
    text, _ = base("s1_fullwidth_two_films")
    page = "<!DOCTYPE html>\n<html><head><title>访谈</title></head><body>\n" + text + "</body></html>\n"
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x02\x00\x00\x00"
    yield "bytes_png.txt", png, refusal("a picture under .txt")
    yield "bytes_pdf.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", refusal("a PDF under .txt")
    yield "bytes_zip.txt", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + b"\x00" * 40, refusal("a .docx")
    yield "bytes_nul.txt", text.encode().replace("。".encode(), b"\x00", 1), refusal("NUL bytes inside text")
    yield "bytes_invalid.txt", text.encode() + b"\xff\xff\xfe\x80\xff\n", refusal("neither UTF-8 nor GB18030")
    yield "bytes_html_page.txt", page.encode(), refusal("a saved HTML page under .txt")
    yield "bytes_html_no_doctype.txt", page.encode().partition(b"\n")[2], refusal("a saved HTML page, no doctype")
    yield "bytes_empty.txt", b"", refusal("an empty file")
    yield "bytes_bom_only.txt", codecs.BOM_UTF8, refusal("a byte order mark and nothing else")
    yield "bytes_blank.txt", " \n\n\t　\n\u00a0\n".encode(), refusal("white space only")


def hundred_exchanges() -> tuple[bytes, dict[str, Any]]:
    """One film, a hundred questions: each answer must stay with its question."""
    head = "一百个问题\n\n来源：灯塔影讯　发布时间：2024-01-01　浏览次数：100\n\n剧情简介：一个人被问了一百个问题。\n"
    turns = (f"\n灯塔影讯：第{n}个问题是什么？\n\n闻人舟：第{n}个回答在这里，没有别的。\n" for n in range(1, 101))
    talk = [
        {
            "question": f"第{n}个问题是什么？",
            "answer": f"第{n}个回答在这里，没有别的。",
            "speaker": "闻人舟",
            "lines": [4 * n + 3, 4 * n + 5],
        }
        for n in range(1, 101)
    ]
    film = {"creators": ["闻人舟"], "interview": {"interviewer": "灯塔影讯", "exchanges": talk}}
    article = {"headline": "一百个问题", "language": "zh-hans", "films": [film]}
    expected = {"why": "a hundred exchanges", "article": article, "doubt": False, "coverage_at_least": 0.99}
    return (head + "".join(turns)).encode(), expected


def base(stem: str) -> tuple[str, dict[str, Any]]:
    text = (FOLDER / f"{stem}.txt").read_text("utf-8")
    return text, json.loads((FOLDER / f"{stem}.expected.json").read_text("utf-8"))


def why(expected: dict[str, Any], reason: str) -> dict[str, Any]:
    return expected | {"why": f"bytes: {reason}"}


def refusal(reason: str) -> dict[str, Any]:
    return {"why": f"bytes: {reason}", "refused": True}


def compare(expected: Json, article: Json | None, extra: Json) -> list[str]:
    """Where a reading differs from what is expected, in words; empty when it does not.

    `article` is the report's article object, None when refused. `extra` may hold `reason` and `line` of a
    refusal, `points` (as JSON), `coverage` (as JSON) and `encoding`.
    """
    if expected.get("nothing") and (article is None or not (article["films"] or talk_of(article))):
        return []
    if expected.get("nothing"):
        return ["no film and no talk can be read here, yet some was"]
    if expected.get("refused"):
        return compare_refusal(expected, article, extra)
    if article is None:
        return [] if expected.get("may_refuse") else [f"refused, though it can be read: {extra.get('reason')}"]
    return [
        *compare_article(expected.get("article", {}), article),
        *compare_points(expected, extra.get("points", ())),
        *compare_coverage(expected, extra.get("coverage", {})),
    ]


def compare_refusal(expected: Json, article: Json | None, extra: Json) -> list[str]:
    if article is not None:
        return ["read, though it must be refused"]
    reason = str(extra.get("reason") or "")
    wrong = [
        f"the reason does not say {word!r}: {reason}" for word in expected.get("reason_has", ()) if word not in reason
    ]
    if "line" in expected and extra.get("line") != expected["line"]:
        wrong.append(f"refused at line {extra.get('line')}, not {expected['line']}")
    return wrong if reason else ["refused without a reason"]


def compare_article(expected: Json, article: Json) -> list[str]:
    wrong: list[str] = []
    for key, value in expected.items():
        if key == "talk":
            wrong += compare_exchanges("talk", value, talk_of(article))
        elif key.startswith("talk_"):
            wrong += compare_parts(key, value, parts_of(key, talk_of(article)))
        elif key == "films":
            wrong += compare_films(value, article["films"])
        elif key == "interviews":
            wrong += compare_interviews(value, article["interviews"])
        elif key == "edition" and value is not None:
            wrong += compare_edition(value, article["edition"])
        else:
            wrong += compare_value(key, value, article.get(key))
    return wrong


def talk_of(article: Json) -> list[Json]:
    """Every exchange of the article in the order of its lines, wherever it hangs."""
    interviews = [film["interview"] for film in article["films"] if film["interview"]] + list(article["interviews"])
    return sorted((e for interview in interviews for e in interview["exchanges"]), key=lambda e: list(e["lines"]))


def parts_of(key: str, talk: Sequence[Json]) -> list[Any]:
    """One side of the talk alone, for articles in which a question may hang in more than one honest way."""
    if key == "talk_questions":
        return list(dict.fromkeys(exchange["question"] for exchange in talk if exchange["question"]))
    return [exchange[{"talk_speakers": "speaker", "talk_answers": "answer"}[key]] for exchange in talk]


def compare_parts(key: str, expected: Sequence[Any], found: Sequence[Any]) -> list[str]:
    if len(expected) != len(found):
        return [f"{key}: {len(found)}, expected {len(expected)}: {[str(part)[:30] for part in found]}"]
    pairs = enumerate(zip(expected, found, strict=True), 1)
    return [line for number, (want, got) in pairs for line in compare_value(f"{key} {number}", want, got)]


def compare_edition(expected: Json, edition: Json | None) -> list[str]:
    if edition is None:
        return [f"edition: not found, expected {dict(expected)}"]
    plain = {key: value for key, value in expected.items() if key != "organisers"}
    wrong = [line for key, value in plain.items() for line in compare_value(f"edition.{key}", value, edition.get(key))]
    if "organisers" in expected:
        wrong += compare_names("edition.organisers", expected["organisers"], names(edition["organisers"], "name"))
    return wrong


def compare_films(expected: Sequence[Json], films: Sequence[Json]) -> list[str]:
    if len(expected) != len(films):
        return [f"{len(films)} films, expected {len(expected)}: {[film.get('title') for film in films]}"]
    return [
        line
        for number, (want, film) in enumerate(zip(expected, films, strict=True), 1)
        for key in want
        for line in compare_film(f"film {number}: {key}", key, want[key], film)
    ]


def compare_film(where: str, key: str, want: Any, film: Json) -> list[str]:
    if key == "interview" and want is not None:
        return compare_interview(where, want, film["interview"])
    if key == "tools":
        return compare_tools(where, want, film["tools"])
    if key == "works":
        return compare_names(where, want, names(film["works"], "title"))
    if key == "title_candidates":
        return compare_offers(where, want, names(film["title_candidates"], "title"))
    return compare_value(where, want, film.get(key))


def compare_interviews(expected: Sequence[Json], interviews: Sequence[Json]) -> list[str]:
    if len(expected) != len(interviews):
        return [f"{len(interviews)} interviews beside films, expected {len(expected)}"]
    pairs = enumerate(zip(expected, interviews, strict=True), 1)
    return [line for number, (want, got) in pairs for line in compare_interview(f"interview {number}", want, got)]


def compare_interview(where: str, want: Json, got: Json | None) -> list[str]:
    if got is None:
        return [f"{where}: none found"]
    wrong = [
        line
        for key in ("interviewer", "heading")
        if key in want
        for line in compare_value(where, want[key], got.get(key))
    ]
    return wrong + compare_exchanges(where, want.get("exchanges"), got["exchanges"])


def compare_exchanges(where: str, expected: Sequence[Json] | None, exchanges: Sequence[Json]) -> list[str]:
    if expected is None:
        return []
    if len(expected) != len(exchanges):
        return [f"{where}: {len(exchanges)} exchanges, expected {len(expected)}: {[e['lines'] for e in exchanges]}"]
    return [
        line
        for number, (want, got) in enumerate(zip(expected, exchanges, strict=True), 1)
        for key in want
        for line in compare_value(f"{where}, exchange {number}: {key}", want[key], got.get(key))
    ]


def compare_tools(where: str, expected: Sequence[Any], tools: Sequence[Json]) -> list[str]:
    wanted = [tool if isinstance(tool, Mapping) else {"name": tool} for tool in expected]
    wrong = compare_names(where, [tool["name"] for tool in wanted], names(tools, "name"))
    found = {tool["name"].casefold(): tool for tool in tools}
    for tool in () if wrong else wanted:
        got = found[tool["name"].casefold()]
        wrong += [
            line for key in tool if key != "name" for line in compare_value(f"{where}.{key}", tool[key], got[key])
        ]
    return wrong


def names(items: Sequence[Json], key: str) -> list[str]:
    return [item[key] for item in items]


def compare_names(where: str, expected: Sequence[str], found: Sequence[str]) -> list[str]:
    """The same names in any order."""
    same = sorted(name.casefold() for name in expected) == sorted(name.casefold() for name in found)
    return [] if same else [f"{where}: {list(found)}, expected {list(expected)}"]


def compare_offers(where: str, expected: Sequence[str], found: Sequence[str]) -> list[str]:
    """Titles that must be offered; further offers do no harm, unless none is expected."""
    missing = [title for title in expected if title not in found]
    wrong = missing or (not expected and found)
    return [f"{where}: {list(found)}, expected {list(expected)}"] if wrong else []


def compare_value(where: str, want: Any, got: Any) -> list[str]:
    """Equal; or for text given as {starts, ends, paragraphs, has, has_not}, those; or one of {one_of}."""
    if isinstance(want, Mapping) and "one_of" in want:
        return [] if got in want["one_of"] else [f"{where}: {got!r}, expected one of {want['one_of']!r}"]
    if isinstance(want, Mapping):
        return compare_text(where, want, got)
    return [] if want == got else [f"{where}: {got!r}, expected {want!r}"]


def compare_text(where: str, want: Json, got: Any) -> list[str]:
    if not isinstance(got, str):
        return [f"{where}: {got!r}, expected text"]
    wrong = []
    if not got.startswith(want.get("starts", "")):
        wrong.append(f"{where} starts {got[:40]!r}, expected {want['starts']!r}")
    if not got.endswith(want.get("ends", "")):
        wrong.append(f"{where} ends {got[-40:]!r}, expected {want['ends']!r}")
    if "paragraphs" in want and (count := len(got.split("\n\n"))) != want["paragraphs"]:
        wrong.append(f"{where} has {count} paragraphs, expected {want['paragraphs']}")
    wrong += [f"{where} lacks {part!r}" for part in want.get("has", ()) if part not in got]
    return wrong + [f"{where} holds {part!r}" for part in want.get("has_not", ()) if part in got]


def compare_points(expected: Json, points: Sequence[Json]) -> list[str]:
    wrong = [f"no point for {want}" for want in expected.get("points", ()) if not any(meets(p, want) for p in points)]
    doubts = [f"line {point['line']}: {point['message']}" for point in points if point["doubt"]]
    if expected.get("doubt") is True and not doubts:
        wrong.append("nothing is doubted, though entries must stay in draft")
    if expected.get("doubt") is False and doubts:
        wrong.append(f"doubts about a sound article: {doubts}")
    return wrong


def meets(point: Json, want: Json) -> bool:
    """{line} means that line; {lines: [a, b]} one between them; {has} words of the message, in any case."""
    line = point.get("line")
    first, last = want.get("lines", (want.get("line"),) * 2)
    placed = first is None or (line is not None and first <= line <= last)
    return placed and want.get("has", "").casefold() in point["message"].casefold()


def compare_coverage(expected: Json, coverage: Json) -> list[str]:
    wrong = []
    if "coverage_at_least" in expected:
        share = coverage["used_characters"] / max(coverage["body_characters"], 1)
        if share < expected["coverage_at_least"]:
            wrong.append(f"{share:.3f} of the body used, expected {expected['coverage_at_least']}")
    for key in ("chrome_lines", "unused_lines"):
        listed = {number for number, _ in coverage.get(key, ())}
        wrong += [f"line {number} is not among the {key}" for number in expected.get(key, ()) if number not in listed]
    return wrong
