"""The measured articles are articles: what is measured is what is claimed."""

from films.reading import read_article
from tests.bench.articles import write_articles


def test_five_films_and_fifteen_exchanges_and_the_same_bytes_each_time(tmp_path):
    [path] = write_articles(tmp_path / "a", 1)
    [again] = write_articles(tmp_path / "b", 1)
    found = read_article(path.read_bytes(), path.name)
    assert [len(film.interview.exchanges) for film in found.films] == [3] * 5
    assert found.is_sound
    assert found.edition.theme == "极乐世界"
    assert path.read_bytes() == again.read_bytes()
    assert 12_000 < path.stat().st_size < 20_000
