"""The language of an article, by its characters."""

import pytest

from films.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们和导演聊了聊这部短片。", "zh-hans"),
        ("我們和導演聊了聊這部短片。", "zh-hant"),
        ("We talked with the maker of this film.", "en"),
        ("この短編について監督に話を聞きました。", "ja"),
        ("이 단편에 대해 감독과 이야기했습니다.", "ko"),
        ("NOWNESS 和 CamRed 聊了聊这部短片的创作过程", "zh-hans"),
        ("We saw 梅花鹿 by 阿米 at a festival in the north.", "en"),
        ("123", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language
