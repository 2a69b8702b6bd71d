"""Give the reader of articles whatever bytes a fuzzer comes upon: it reads or refuses them, within a second.

`python -m tests.fuzz.reading 1000000` bends real articles by chance. Where atheris is installed,
`python -m tests.fuzz.reading --atheris -runs=1000000` lets it find its way by the branches that are taken; it begins with
the same articles and tokens, because from nothing it comes upon Chinese, let alone upon an interview, too late.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path

import films.reading.formats  # noqa: F401 - imported late by read_article, and atheris sees only what is there already
from films.reading import Refusal, read_article
from films.reading.vocabulary import ToolWord, Vocabulary

ROOT = Path(__file__).parents[2]
VOCABULARY = Vocabulary(tools=(ToolWord("即梦", "字节跳动", ("Dreamina",)), ToolWord("Runway", step="video")))
ENDINGS = (".txt", ".md", ".json")
LONGEST_SECONDS = 1.0
# An article is some kilobytes; what matters is how it is bent, not how long it is.
MOST_BYTES = 4000
TOKENS = tuple(
    token.encode()
    for token in (
        "Q:", "A：", "问：", "NOWNESS:", "《", "》", "“", "”", "---\n", "\n\n", "\r", "\ufeff", "\u200b", "⻛", "来源:", "发布时间:2025-02-30",
        "剧情简介:", "1. ", "（", ")", "{", "}", "[", "]", '"films":', '"exchanges":', "null", "-1", "1e999", "\\ud800", "4分36秒", "用即梦",
        "title:", "\0", "浏览次数:9999999999999999999", "# ", "- ", "zh-hans",
    )
)  # fmt: skip


class Slow(Exception):
    """Reading took longer than anybody waits."""


def read(data: bytes) -> bool:
    """Read what the first byte says is an article of some kind; tells whether it was one. Raises what is undeclared."""
    began = time.process_time()
    try:
        read_article(data[1:], f"a{ENDINGS[data[0] % len(ENDINGS)] if data else '.txt'}", vocabulary=VOCABULARY)
        is_read = True
    except Refusal as refusal:
        is_read = not refusal.reason
    if (took := time.process_time() - began) > LONGEST_SECONDS:
        raise Slow(f"{took:.1f} s")
    return is_read


def seeds() -> list[bytes]:
    """Real articles and those of the tests, and each that can be read as JSON too; by the byte that says what they are."""
    folders = (ROOT / "seeds", ROOT / "tests" / "reading" / "corpus")
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in ENDINGS]
    articles = [path for path in paths if not path.name.endswith(".expected.json")]
    found = [bytes([ENDINGS.index(path.suffix)]) + path.read_bytes()[:MOST_BYTES] for path in articles]
    return found + [bytes([ENDINGS.index(".json")]) + told for path in articles if (told := as_json(path))]


def as_json(path: Path) -> bytes:
    """The article as our own export tells it; nothing of one that is refused, or too long to be whole."""
    try:
        article = read_article(path.read_bytes(), path.name, vocabulary=VOCABULARY)
    except Refusal:
        return b""
    told = json.dumps(article.to_json(), ensure_ascii=False).encode()
    return told if len(told) < MOST_BYTES else b""


def bend(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """One to six changes: a byte, a token, a piece taken out, doubled, or of another article."""
    bent = bytearray(data)
    for _change in range(chance.randint(1, 6)):
        place = chance.randrange(1, len(bent) + 1)
        end = min(len(bent), place + chance.choice((1, 3, 30, 400)))
        kind = chance.randrange(6)
        if kind == 0:
            bent[place:end] = b""
        elif kind == 1:
            bent[place:place] = chance.choice(TOKENS) * chance.choice((1, 1, 2, 50))
        elif kind == 2:
            bent[place:place] = bent[place:end]
        elif kind == 3:
            other = chance.choice(others)
            start = chance.randrange(len(other))
            bent[place:end] = other[start : start + chance.choice((9, 90, 900))]
        elif kind == 4:
            bent[place:end] = chance.randbytes(chance.randint(0, 9))
        else:
            bent[0] = chance.randrange(256)
    return bytes(bent[:MOST_BYTES])


def by_chance(count: int, seed: int) -> None:
    """So many inputs; the first that is not read or refused as declared is kept in a file and ends it."""
    chance, kept, articles, began = random.Random(seed), seeds(), 0, time.monotonic()
    for number in range(1, count + 1):
        data = bend(chance.choice(kept), chance, kept)
        try:
            articles += read(data)
        except BaseException:
            Path("fuzz-found").write_bytes(data)
            print(f"input {number} of seed {seed} is in fuzz-found", file=sys.stderr)
            raise
        if number % 10_000 == 0 or number == count:
            print(f"{number} inputs, {articles} read, {time.monotonic() - began:.0f} s", flush=True)


def by_atheris(options: list[str]) -> None:
    """With libFuzzer's options; what it finds by itself stays in the folder that it names at the beginning."""
    import atheris

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus, words = folder / "corpus", folder / "tokens.dict"
    corpus.mkdir()
    for number, data in enumerate(seeds()):
        (corpus / str(number)).write_bytes(data)
    escaped = ("".join(map("\\x{:02x}".format, token)) for token in TOKENS)
    words.write_text("".join(f'"{token}"\n' for token in escaped))
    print(f"{number + 1} articles in {corpus}", flush=True)
    atheris.instrument_all()
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-dict={words}", f"-max_len={MOST_BYTES}", *options], lambda data: void(read(data))
    )
    atheris.Fuzz()


def void(_answer: bool) -> None:
    """A target gives nothing back."""


if __name__ == "__main__":
    if "--atheris" in sys.argv:
        by_atheris([word for word in sys.argv[1:] if word != "--atheris"])
    else:
        by_chance(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7)
