"""What the importer publishes has what publication asks for: editors and importer keep the same rules."""

from itertools import chain

import pytest
from django.conf import settings

from films.importer import import_seeds
from films.models import Edition, Film, Interview
from films.publishing import requirements


@pytest.mark.django_db
def test_the_seeds_are_published_by_the_rules_of_the_desk() -> None:
    import_seeds([settings.BASE_DIR / "seeds"])
    entries = list(chain(*(model.objects.published() for model in (Film, Interview, Edition))))
    assert len(entries) > 2
    assert [(str(entry), lack) for entry in entries for lack in requirements(entry)] == []
