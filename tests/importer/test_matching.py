"""Which exchange is which."""

from films.importer.matching import Spoken, match


def spoken(key, question, answer, speaker="甲", place=1):
    return Spoken(key, question, answer, speaker, False, place)


OLD = spoken("k1", "你是从什么时候开始的？", "我大概是在去年冬天开始尝试。")


def test_words_go_before_keys():
    moved = spoken("k2", "你是从什么时候开始的？", "全然不同的一个回答。")
    assert match([moved], [OLD]) == {"k2": "k1"}
    taken = spoken("k1", "另一个完全不同的题目", "另一番话")
    assert match([taken, moved], [OLD]) == {"k2": "k1"}


def test_an_edited_exchange_is_found_by_likeness():
    edited = spoken("k9", "您是从什么时候开始创作的？", "我大概是在前年冬天开始尝试。")
    assert match([edited], [OLD]) == {"k9": "k1"}


def test_nothing_in_common_is_nothing_found():
    assert match([spoken("k9", "最难的是什么？", "声音。")], [OLD]) == {}
    assert match([spoken("k9", "", "")], [OLD]) == {}


def test_another_speaker_needs_more_than_likeness():
    other = spoken("k9", "您是从什么时候开始的呢？", "我是在前年夏天开始的。", speaker="乙")
    assert match([other], [OLD]) == {}
    renamed = spoken("k9", "你是从什么时候开始的？", "我大概是在去年冬天开始尝试。", speaker="甲（导演）")
    assert match([renamed], [OLD]) == {"k9": "k1"}


def test_the_most_alike_is_taken_and_of_two_the_nearer():
    olds = [
        spoken("a", "谈谈第一部短片", "我拍了三年。", place=1),
        spoken("b", "谈谈第二部短片", "我拍了两年。", place=2),
    ]
    news = [
        spoken("x", "谈谈第一部短片吧", "我拍了三年。", place=1),
        spoken("y", "谈谈第二部短片吧", "我拍了两年。", place=2),
    ]
    assert match(news, olds) == {"x": "a", "y": "b"}
