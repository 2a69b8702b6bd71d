"""Whose voice a label is: full names, roles taken off, aliases inside one section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from films.reading.article import Point
from films.reading.characters import compared, is_han
from films.reading.headings import FieldLine, is_kind
from films.reading.labels import Label, bare_name, is_generic, is_initials_or_surname
from films.reading.words import MAKER_FIELD, MAKER_ROLES


@dataclass
class People:
    """The people of one section. A name is full when nothing longer in the section explains it."""

    names: list[str] = field(default_factory=list)
    makers: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def know_makers(self, names: list[str] | tuple[str, ...]) -> None:
        for name in names:
            self._know(name)
            if name not in self.makers:
                self.makers.append(name)

    def _know(self, name: str) -> None:
        if compared(name) not in {compared(known) for known in self.names}:
            self.names.append(name)

    def resolve(self, label: Label, line: int) -> str | None:
        """The full name behind a label; None when the label names nobody for certain."""
        if is_generic(label.form):
            return self._sole(label, line)
        name = bare_name(label.printed)
        self._note_role(label, name)
        known = [n for n in self.names if compared(n) == compared(name)]
        if known:
            return known[0]
        longer = [n for n in self.names if _stands_for(name, n)]
        if len(longer) == 1:
            self._tell(label, longer[0], line)
            return longer[0]
        if longer:
            return None
        self._know(name)
        return name

    def _note_role(self, label: Label, name: str) -> None:
        """`导演沈亦` tells that 导演 alone is 沈亦."""
        role = compared(label.printed).replace(compared(name), "").strip(" ()（）")
        if role:
            self.roles[role] = "" if self.roles.get(role, name) != name else name

    def _sole(self, label: Label, line: int) -> str | None:
        """Who a label that names nobody must be: the one bearer of that role, or the section's only person."""
        name = self.roles.get(label.form) or (self.names[0] if len(self.names) == 1 else None)
        if name:
            self._tell(label, name, line)
        return name

    def _tell(self, label: Label, name: str, line: int) -> None:
        if label.form not in self._told:
            self._told.add(label.form)
            values = {"label": label.printed, "name": name}
            self.points.append(Point("alias", line, doubt=True, values=values))


def _stands_for(short: str, full: str) -> bool:
    return is_initials_or_surname(short, full) or _is_pinyin_of(short, full)


def _is_pinyin_of(short: str, full: str) -> bool:
    """`SHP` for 孙浩鹏: capitals, one for each character of a Han name."""
    if not (short.isascii() and short.isupper() and len(short) == len(full) and all(map(is_han, full))):
        return False
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - the dictionary weighs 57 MB; few articles need it

    return "".join(lazy_pinyin(full, style=Style.FIRST_LETTER)).upper() == short


def makers_in(fields: list[FieldLine]) -> list[str]:
    """The names in fields such as 导演 or Director."""
    found: list[str] = []
    for line in fields:
        if is_kind(line, MAKER_FIELD):
            found += [
                bare_name(name)
                for name in re.split(r"\s*(?:[、,，/／&;；]|\band\b|・(?=\S+・))\s*", _first_part(line.value))
                if name.strip()
            ]
    return found


def _first_part(value: str) -> str:
    """`宋一鸣 | 中国 | 2024 | 12'` names one person and then other things."""
    return re.split(r"\s*[|｜]\s*", value)[0]


def is_maker(label: Label | None) -> bool:
    """A bracket after a name may say that its bearer did not make the film: `Lin (composer)`."""
    if label is None or not label.bracket:
        return True
    role = compared(label.bracket)
    return any(word in role for word in MAKER_ROLES)
