"""Requests that many API tests make."""

from datetime import date

from tests.publication.acts import NOON, announce

URL = "/api/v1/procedures/"


def announce_later(*procedures, day=4, **facts):
    moment = NOON.replace(day=day)
    return announce(*procedures, signed_on=date(2024, 10, day), now=moment, **facts)


def get(client, query="", **headers):
    return client.get(URL + query, headers=headers)


def codes(client, query=""):
    response = get(client, query)
    assert response.status_code == 200, response.content
    return [row["code"] for row in response.json()["results"]]


def problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    document = response.json()
    assert document["status"] == status
    assert document["type"] == "about:blank"
    return document
