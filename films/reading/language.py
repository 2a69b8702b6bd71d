"""Which language an article is written in, told by its characters."""

import re

from films.reading.characters import count_han, count_latin

_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_SIMPLIFIED = set(
    "们个这来说时为国过对会学还没样么经发动进现问题间开电给让语话认见觉观实际应该请谁读书写听师长头业东车边远运选难网络页"
)
_TRADITIONAL = set(
    "們個這來說時為國過對會學還沒樣麼經發動進現問題間開電給讓語話認見覺觀實際應該請誰讀書寫聽師長頭業東車邊遠運選難網絡頁"
)

_ENOUGH = 100_000  # characters tell a language; more only take time


def language_of(text: str) -> str:
    """One of zh-hans, zh-hant, en, ja, ko."""
    text = text[:_ENOUGH]
    han, latin = count_han(text), count_latin(text)
    kana, hangul = len(_KANA.findall(text)), len(_HANGUL.findall(text))
    if kana > 0.1 * (han + kana) and kana + han > latin / 4:
        return "ja"
    if hangul > han and hangul > latin / 4:
        return "ko"
    if han > latin / 4:
        return _script_of(text)
    return "en"


def _script_of(text: str) -> str:
    simplified = sum(1 for character in text if character in _SIMPLIFIED)
    traditional = sum(1 for character in text if character in _TRADITIONAL)
    return "zh-hant" if traditional > simplified else "zh-hans"
