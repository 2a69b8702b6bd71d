"""What entries are called: one word in Chinese, two in English, in small letters as sentences take them."""

import pytest
from django.apps import apps
from django.utils import translation

MODELS = list(apps.get_app_config("films").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_one_and_many_are_told_apart_in_english(model):
    with translation.override("en"):
        one, many = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
    assert one != many
    assert one == one.lower()
    assert many == many.lower()
    assert many.isascii()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_chinese_has_one_word_for_both(model):
    with translation.override("zh-hans"):
        assert str(model._meta.verbose_name) == str(model._meta.verbose_name_plural)


def test_admin_titles_are_english(admin_client):
    headers = {"accept-language": "en"}
    assert "<h1>Add film</h1>" in admin_client.get("/admin/films/film/add/", headers=headers).text
    assert "<h1>Select film to change</h1>" in admin_client.get("/admin/films/film/", headers=headers).text
