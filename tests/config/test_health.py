import pytest
from django.db import connection


@pytest.mark.django_db
def test_healthy_site_says_so(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "storage": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_site_without_a_database_is_not_healthy_and_does_not_tell_why(client, monkeypatch):
    from django.db import OperationalError

    def fail():
        raise OperationalError("connection to server at 10.0.0.7 refused")

    monkeypatch.setattr(connection, "cursor", fail)
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["database"] == "failed"
    assert b"10.0.0.7" not in response.content
