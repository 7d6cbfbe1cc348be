"""Browsers ask for /favicon.ico by themselves, and get the mark of the portal."""


def test_the_icon_is_the_mark_of_the_portal(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/portal/img/mark.svg")
    assert answer["Cache-Control"] == "max-age=86400, public"
    assert client.post("/favicon.ico").status_code == 405
