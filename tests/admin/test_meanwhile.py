"""What was changed between seeing and acting is not deleted, not moved and not lost."""

import os
import random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from films.models import Creator, Edition, Film, Tool
from tests.admin.forms import deleted, filled
from tests.admin.rows import full_film, make_organisation
from tests.factories import make_creator, make_edition, make_film, make_interview, make_tool

LIST = "admin:films_film_changelist"


def address(row: Any, page: str = "change", *args: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_{page}", args=[row.pk, *args])


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# People and words, which count no versions


@pytest.mark.parametrize("make", [make_creator, make_tool, make_organisation])
def test_a_stale_save_is_refused_where_no_versions_are_counted(make: Any, desk: Client) -> None:
    row = make()
    mine = filled(desk, address(row), name_en="Mine")
    desk.post(address(row), filled(desk, address(row), name_en="Theirs"))
    response = desk.post(address(row), mine)
    assert [(found.typed, found.stored) for found in response.context["differences"]] == [("Mine", "Theirs")]
    again = mine | {"loaded_version": response.context["adminform"].form["loaded_version"].value()}
    assert desk.post(address(row), again).status_code == 302
    row.refresh_from_db()
    assert row.name_en == "Mine"


# Deleting


def test_what_changed_since_the_question_is_not_deleted(desk: Client) -> None:
    film = full_film()
    stamp = desk.get(address(film, "delete")).context["stamp"]
    talk = film.interviews.get()
    desk.post(address(talk), filled(desk, address(talk), interviewer="别人"))
    response = desk.post(address(film, "delete"), {"post": "yes", "seen_stamp": stamp})
    assert "没有删除" in messages_of(response)
    assert Film.objects.count() == 1
    again = {"post": "yes", "seen_stamp": response.context["stamp"]}
    assert desk.post(address(film, "delete"), again).status_code == 302
    assert Film.objects.count() == 0


@pytest.mark.parametrize("forged", [{}, {"seen_stamp": ""}, {"seen_stamp": "0"}])
def test_what_does_not_say_what_was_seen_is_not_deleted(forged: dict[str, str], desk: Client) -> None:
    film = make_film()
    assert "没有删除" in messages_of(desk.post(address(film, "delete"), {"post": "yes"} | forged))
    chosen = {"action": "delete_selected", "_selected_action": [film.pk], "post": "yes"}
    assert "没有删除" in messages_of(desk.post(reverse(LIST), chosen | forged))
    assert Film.objects.count() == 1


def test_a_list_of_deletions_is_asked_again_when_one_of_them_changed(desk: Client) -> None:
    rows = [make_tool() for _ in range(2)]
    url = reverse("admin:films_tool_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    asked = desk.post(url, chosen)
    sure = chosen | {"post": "yes", "seen_stamp": asked.context["stamp"]}
    assert asked.context["stamp"] in asked.text
    desk.post(address(rows[0]), filled(desk, address(rows[0]), maker="别人"))
    response = desk.post(url, sure)
    assert "没有删除" in messages_of(response)
    assert Tool.objects.count() == 2
    desk.post(url, sure | {"seen_stamp": response.context["stamp"]})
    assert Tool.objects.count() == 0


# Acting on a list


def test_a_row_that_changed_since_the_list_was_opened_is_left_out_and_named(desk: Client) -> None:
    one, other = make_film(title="甲", status="draft"), make_film(title="乙", status="draft")
    page = desk.get(reverse(LIST))
    assert f'name="_seen" value="{one.pk}:1"' in page.text
    seen = [f"{film.pk}:{film.version}" for film in (one, other)]
    desk.post(address(one), filled(desk, address(one), synopsis="别人的。"))
    data = {"action": "archive", "_selected_action": [one.pk, other.pk], "_seen": seen}
    response = desk.post(reverse(LIST), data, follow=True)
    assert "《甲》" in messages_of(response)
    assert dict(Film.objects.values_list("title", "status")) == {"甲": "draft", "乙": "archived"}


def test_when_all_chosen_rows_changed_nothing_is_done(desk: Client) -> None:
    film = make_film(status="draft")
    desk.post(address(film), filled(desk, address(film), synopsis="别人的。"))
    data = {"action": "archive", "_selected_action": [film.pk], "_seen": [f"{film.pk}:1"]}
    desk.post(reverse(LIST), data, follow=True)
    assert Film.objects.get().status == "draft"


# Typing into what is gone


def test_what_was_typed_into_something_deleted_is_shown(desk: Client) -> None:
    talk = make_interview(heading="圆桌", exchanges=1)
    mine = filled(desk, address(talk), heading="我的题目", **{"exchanges-0-answer": "我的<b>回答"})
    deleted(desk, address(talk, "delete"))
    response = desk.post(address(talk), mine)
    assert response.status_code == 409
    shown = dict(response.context["typed"])
    assert (shown["题目"], shown["问答 1 · 答"]) == ("我的题目", "我的<b>回答")
    assert "我的&lt;b&gt;回答" in response.text
    assert "csrf" not in str(shown)
    assert reverse("admin:films_interview_recover", args=[response.context["version"]]) in response.text


# Two editors, at random


WORDS = ("statement", "name_en", "theme_en")


class Editor:
    """Someone with a form, a question and a list open, each from some moment."""

    def __init__(self, client: Client, name: str) -> None:
        self.client, self.name, self.count = client, name, 0
        self.form: Any = None
        self.form_from = self.list_from = self.page_from = -1
        self.page: Any = None
        self.stamp, self.seen = "", 0


class Round:
    """One edition, its stored words as they ought to be, and who may have seen them."""

    def __init__(self, clients: list[Client], chance: random.Random) -> None:
        self.chance, self.now = chance, 0
        self.edition = make_edition(status="draft", theme="题")
        self.words = dict.fromkeys(WORDS, "")
        self.notes: list[str] = []
        self.status = "draft"
        self.editors = [Editor(client, name) for client, name in zip(clients, "甲乙", strict=True)]
        self.past: list[tuple[int, dict[str, str], list[str]]] = []

    def step(self) -> None:
        editor = self.chance.choice(self.editors)
        self.chance.choice([self.open, self.save, self.save, self.look, self.act, self.ask, self.restore])(editor)
        self.compare()

    def changed(self) -> None:
        self.now += 1

    def open(self, editor: Editor) -> None:
        editor.form, editor.form_from = filled(editor.client, address(self.edition)), self.now

    def save(self, editor: Editor) -> None:
        """Saved if the form was opened on what is stored; else refused with the typed text in it."""
        if editor.form is None:
            return
        editor.count += 1
        typed = {self.chance.choice(WORDS): f"{editor.name}{editor.count}"}
        data, notes = editor.form | typed, list(self.notes)
        rows, typed_row = int(data["partnerships-TOTAL_FORMS"]), None
        if self.chance.random() < 0.4:
            notes.append(f"行{editor.name}{editor.count}")
            data |= self.new_row(rows, notes[-1])
        elif rows and self.chance.random() < 0.3:
            data |= {"partnerships-0-DELETE": "on"}
            notes = [note for note in notes if note != data["partnerships-0-note"]]
        elif rows and self.chance.random() < 0.7:
            number = self.chance.randrange(rows)
            changed = f"改{editor.name}{editor.count}"
            notes = [changed if note == data[f"partnerships-{number}-note"] else note for note in notes]
            data |= {f"partnerships-{number}-note": changed}
            typed_row = (number, changed)
        before = (self.version(), dict(self.words), list(self.notes))
        response = editor.client.post(address(self.edition), data)
        if editor.form_from == self.now:
            assert response.status_code == 302, response.context["errors"]
            self.past.append(before)
            self.words, self.notes = {name: data[name] for name in WORDS}, notes
            self.changed()
        else:
            assert response.status_code == 200
            form = response.context["adminform"].form
            assert all(form[name].value() == words for name, words in typed.items())
            if typed_row:
                formset = response.context["inline_admin_formsets"][0].formset
                assert typed_row[1] in [row["note"].value() for row in formset.forms]
        editor.form = None

    def new_row(self, number: int, note: str) -> dict[str, Any]:
        values = {"id": "", "edition": self.edition.pk, "position": number + 1, "role": "organiser", "note": note}
        values["organisation"] = make_organisation().pk
        row = {f"partnerships-{number}-{name}": value for name, value in values.items()}
        return row | {"partnerships-TOTAL_FORMS": str(number + 1)}

    def look(self, editor: Editor) -> None:
        """A list is open."""
        editor.list_from, editor.seen = self.now, Edition.objects.get(pk=self.edition.pk).version

    def act(self, editor: Editor) -> None:
        if editor.list_from < 0:
            return
        wanted = "archive" if self.status == "draft" else "hand_back"
        seen = [f"{self.edition.pk}:{editor.seen}"]
        data = {"action": wanted, "_selected_action": [self.edition.pk], "_seen": seen}
        editor.client.post(reverse("admin:films_edition_changelist"), data)
        if editor.list_from == self.now:
            self.status = "archived" if self.status == "draft" else "draft"
            self.changed()
        editor.list_from = -1

    def version(self) -> int:
        from reversion.models import Version

        found = Version.objects.get_for_object(self.edition)
        return found.order_by("-pk").values_list("pk", flat=True).first() or 0

    def ask(self, editor: Editor) -> None:
        """The page from which an earlier state can be restored is open."""
        known = [past for past in self.past if past[0]]
        if known:
            editor.page = self.chance.choice(known)
            url = address(self.edition, "revision", editor.page[0])
            editor.stamp, editor.page_from = editor.client.get(url).context["stamp"], self.now

    def restore(self, editor: Editor) -> None:
        if editor.page is None:
            return
        version, words, notes = editor.page
        url = address(self.edition, "revision", version)
        before = (self.version(), dict(self.words), list(self.notes))
        response = editor.client.post(url, {"seen_stamp": editor.stamp})
        if editor.page_from == self.now:
            assert response.status_code == 302, response.context["errors"]
            self.past.append(before)
            self.words, self.notes = dict(words), list(notes)
            self.changed()
        else:
            assert response.context["errors"]
        editor.page = None

    def compare(self) -> None:
        stored = Edition.objects.get(pk=self.edition.pk)
        assert {name: getattr(stored, name) for name in WORDS} == self.words
        assert sorted(stored.partnerships.values_list("note", flat=True)) == sorted(self.notes)
        assert stored.status == self.status


@pytest.mark.django_db
def test_two_editors_at_random_lose_nothing_unseen(desk: Client) -> None:
    """Of ROUNDS rounds with ten steps each; a thousand were run before this was written down."""
    other = Client()
    other.force_login(desk.get("/admin/").wsgi_request.user)
    for seed in range(int(os.environ.get("ROUNDS", "12"))):
        both = Round([desk, other], random.Random(seed))
        for _ in range(10):
            both.step()
    assert Creator.objects.count() == 0
