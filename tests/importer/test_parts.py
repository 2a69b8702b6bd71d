"""Identity, topics, names and addresses: the parts an import is made of."""

import pytest

from films.importer.identity import KEY_LIMIT, bounded, context_digest, identity, text_digest
from films.importer.names import Names
from films.importer.slugs import Slugs
from films.importer.topics import Topics
from films.importer.wanted import sentence_with
from films.models import Creator, Film, SlugRedirect, Tool, Topic
from films.reading.vocabulary import ToolWord, TopicWord, Vocabulary
from tests.importer.articles import VOCABULARY, article

SEED_QUESTIONS = {
    "你是从什么时候开始AI创作的？": "从什么时候开始用AI创作?",
    "如何理解“极乐世界”这一主题？": "如何理解这一主题?",
    "请分享一下这次作品的灵感，和你觉得创作过程中有趣的故事。": "灵感从哪里来?",
    "What was the hardest part?": "最难的是什么?",
    "How did you get into AI film?": "从什么时候开始用AI创作?",
    "一番難しかったのは何ですか？": "最难的是什么?",
    "이 작품의 영감은 어디서 얻으셨나요?": "灵感从哪里来?",
    "Which factors mattered?": None,
    "天气如何？": None,
}


def test_identity_is_publisher_headline_and_date():
    first = identity(article(), "a.txt")
    assert identity(article(view_count=9, films=()), "b.txt") == first
    assert identity(article(headline="走进五个ＡＩ创作的“极乐世界”"), "a.txt") == first
    for other in ({"headline": "另一篇"}, {"publisher": "别处"}, {"published_on": "2025-04-18"}):
        assert identity(article(**other), "a.txt") != first


@pytest.mark.parametrize("values", [{"headline": None}, {"publisher": None, "published_on": None}])
def test_where_the_frame_tells_too_little_the_file_name_counts(values):
    assert identity(article(**values), "a.txt") != identity(article(**values), "b.txt")


def test_text_is_the_same_whatever_its_newlines():
    assert text_digest("\ufeffa\r\nb\rc") == text_digest("a\nb\nc")
    assert text_digest("a\nb") != text_digest("a b")


def test_the_context_tells_parts_apart():
    assert context_digest("v", "ab", None, ()) != context_digest("v", "a", "b", ())
    assert len(context_digest("", "", None, ())) == len(text_digest("")) == 32


def test_long_keys_are_cut_and_stay_apart():
    one, two = bounded("键" * 300), bounded("键" * 299 + "别")
    assert one != two
    assert len(one) == KEY_LIMIT


@pytest.mark.parametrize(("question", "topic"), SEED_QUESTIONS.items())
def test_the_projects_vocabulary_knows_the_usual_questions(question, topic):
    from films.importer.run import VOCABULARY as PATH
    from films.reading.vocabulary import parse_vocabulary

    assert Topics(parse_vocabulary(PATH.read_text("utf-8"))).of(question) == topic


def test_the_first_topic_in_the_file_wins():
    topics = (TopicWord("甲", "", ("风格",)), TopicWord("乙", "", ("风格统一",)))
    assert Topics(Vocabulary((), topics)).of("风格统一吗？") == "甲"


def test_a_sentence_is_cut_from_the_first_text_that_has_the_words():
    texts = ["没有。", "我读过《十诫》！后来忘了。", "《十诫》"]
    assert sentence_with("十诫", texts) == "我读过《十诫》！"
    assert sentence_with("黑镜", texts) == ""


def names(vocabulary=VOCABULARY):
    return Names(vocabulary, Topics(vocabulary))


@pytest.mark.django_db
def test_a_tool_is_found_by_any_spelling_and_made_from_the_vocabulary():
    kept = Tool.objects.create(name="可灵", aliases=["Kling"])
    vocabulary = Vocabulary((ToolWord("Sora", "OpenAI", ("OpenAI Sora",)),), ())
    found = names(vocabulary).resolve(Tool, ["kling", "Sora", "未知工具"])
    assert found["kling"] == kept.pk
    assert Tool.objects.get(pk=found["Sora"]).maker == "OpenAI"
    assert Tool.objects.get(pk=found["未知工具"]).maker == ""


@pytest.mark.django_db
def test_topics_keep_the_vocabularys_order_and_english():
    names().resolve(Topic, ["从什么时候开始?"])
    topic = Topic.objects.get()
    assert (topic.position, topic.name_en, topic.slug) == (2, "How did you begin?", "cong-shen-me-shi-hou-kai-shi")


@pytest.mark.django_db
def test_hundreds_of_people_are_looked_up_at_once(django_assert_max_num_queries):
    people = [f"人{number}" for number in range(1200)]
    ours = names()
    ours.resolve(Creator, people)
    with django_assert_max_num_queries(3):
        again = ours.resolve(Creator, people)
    assert len(set(again.values())) == 1200 == Creator.objects.count()


@pytest.mark.django_db
def test_slugs_avoid_present_past_and_each_other():
    Film.objects.create(slug="pian")
    SlugRedirect.objects.create(model="film", slug="pian-2", target_id=1)
    slugs = Slugs()
    assert slugs.allocate(Film, ["片", "片", "片 4", "片"]) == ["pian-3", "pian-4", "pian-4-2", "pian-5"]
    assert slugs.allocate(Film, ["", "☃"]) == ["film", "film-2"]


@pytest.mark.django_db
def test_a_slug_is_found_behind_a_hundred_namesakes(django_assert_max_num_queries):
    Film.objects.bulk_create([Film(slug="pian" if n == 1 else f"pian-{n}") for n in range(1, 101)])
    with django_assert_max_num_queries(8):
        assert Slugs().allocate(Film, ["片"]) == ["pian-101"]
