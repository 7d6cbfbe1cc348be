"""schema.org inside the page: on what is offered now, and nothing that is announced can end it."""

import json
import re

import pytest

from publication.announced_text import read_text
from publication.exports.schema_org import government_service
from publication.models import Listing
from publication.public_texts import present_portal
from publication.site.page import PageKind
from tests.factories import make_content, make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.site.render.pages import html

pytestmark = pytest.mark.django_db

_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def _blocks(kind, key, **how):
    return [json.loads(block) for block in _BLOCK.findall(html(kind, key, **how))]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_what_is_offered_names_it_as_a_service(language):
    announce(make_procedure("1.000001"))
    text = read_text(Listing.objects.get().text)
    expected = government_service(text, present_portal())
    assert _blocks(PageKind.PROCEDURE, "1.000001", language=language) == [expected]


def test_no_announced_word_ends_the_block():
    name = "Cấp </script><script>alert(1)</script> & <!-- giấy"
    announce(make_procedure("1.000001", name=name, content=make_content(summary=name)))
    page = html(PageKind.PROCEDURE, "1.000001")
    (service,) = _blocks(PageKind.PROCEDURE, "1.000001")
    assert (service["name"], service["description"]) == (name, name)
    assert "<script>alert" not in page
    assert page.count("<!--") == 0


def test_old_texts_and_ended_procedures_are_no_service():
    procedure, ended = make_procedure("1.000001"), make_procedure("1.000002")
    announce(procedure, ended)
    moment = NOON.replace(day=4)
    announce(procedure, effect="amended", signed_on=moment.date(), now=moment)
    announce(ended, effect="abolished", signed_on=moment.date(), now=moment)
    assert _blocks(PageKind.VERSION, "1.000001/2024-10-03") == []
    assert _blocks(PageKind.PROCEDURE, "1.000002") == []
    assert len(_blocks(PageKind.PROCEDURE, "1.000001")) == 1


def test_every_text_leads_to_its_linked_data():
    announce(make_procedure("1.000001"))
    link = '<link rel="alternate" type="application/ld+json" href="/thu-tuc/1.000001/index.jsonld">'
    assert link in html(PageKind.PROCEDURE, "1.000001")
