"""Make `simplified.txt` and `readings.txt` from the Unihan database (Debian package unicode-data).

Run by hand when Unicode changes: `python films/data/make_tables.py`. Unihan is used under the Unicode licence.
"""

import bz2
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

UNIHAN = Path("/usr/share/unicode")
HERE = Path(__file__).parent


def unihan(name: str, field: str) -> dict[str, list[str]]:
    """The values of one field, by character."""
    values = {}
    for line in bz2.decompress((UNIHAN / f"Unihan_{name}.txt.bz2").read_bytes()).decode().splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and parts[1] == field:
            values[chr(int(parts[0][2:], 16))] = parts[2].split()
    return values


def variants(field: str) -> dict[str, list[str]]:
    """The variants of each character, without the sources that name them."""
    found = unihan("Variants", field)
    return {c: [chr(int(re.split("<", v)[0][2:], 16)) for v in values] for c, values in found.items()}


def simplified() -> dict[str, str]:
    """Each traditional character of the basic plane with the one that simplified text has for it."""
    pairs = {c: next((v for v in values if v != c), c) for c, values in variants("kSimplifiedVariant").items()}
    for spelling in ("kZVariant", "kSemanticVariant"):
        for c, values in variants(spelling).items():
            target = next((pairs[v] for v in values if v in pairs), None)
            if target and target != c and not is_gb2312(c):
                pairs.setdefault(c, target)
    return {c: v for c, v in sorted(pairs.items()) if c != v and c <= "\uffff" and v <= "\uffff"}


def settle(pairs: dict[str, str]) -> dict[str, str]:
    """Follow chains to their end, so that folding twice changes nothing."""
    settled = {}
    for c, v in pairs.items():
        seen = {c}
        while v in pairs and v not in seen:
            seen.add(v)
            v = pairs[v]
        if v != c and v not in seen - {c}:
            settled[c] = v
    return {c: v for c, v in settled.items() if v not in settled}


def is_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def readings() -> dict[str, str]:
    """The customary reading of each common simplified character, without its tone."""
    spelled = defaultdict(list)
    for c, values in sorted(unihan("Readings", "kMandarin").items()):
        if is_gb2312(c):
            plain = unicodedata.normalize("NFD", values[0].replace("ü", "v"))
            spelled["".join(x for x in plain if x.isascii())].append(c)
    return {syllable: "".join(spelled[syllable]) for syllable in sorted(spelled)}


if __name__ == "__main__":
    table = settle(simplified())
    (HERE / "simplified.txt").write_text("\n".join(("".join(table), "".join(table.values()))) + "\n", encoding="utf-8")
    lines = (f"{syllable} {characters}\n" for syllable, characters in readings().items())
    (HERE / "readings.txt").write_text("".join(lines), encoding="utf-8")
