"""Guessing passwords is slowed down, and nobody can lock out others by it."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from parley.ui.access.accounts import AccountError, UserFile
from parley.ui.access.attempts import AttemptLimit
from parley.ui.access.known_browsers import network_of
from parley.ui.access.login_routes import ATTEMPTS_BY_NAME, login_routes
from parley.ui.access.sessions import Sessions
from tests.ui.logging_in import ANNS, BENS, Clock, log_in, users_in


@pytest.fixture(scope="module")
def users(tmp_path_factory):
    return users_in(tmp_path_factory.mktemp("users"))


@pytest.fixture
def guesser(monkeypatch):
    """Few attempts, in an application of nothing but the login."""
    monkeypatch.setattr("parley.ui.access.login_routes.ATTEMPTS_BY_ADDRESS", 14)

    def made(users):
        application = FastAPI()
        application.include_router(login_routes(users, Sessions(users)))
        return TestClient(application, follow_redirects=False)

    return made


def test_an_unknown_name_costs_the_same_comparison(users, monkeypatch):
    compared = []
    real = users._hasher

    class Counting:
        def verify(self, stored, given):
            compared.append((stored.split("$")[1:4], given))
            return real.verify(stored, given)

        def hash(self, given):
            return real.hash(given)

    monkeypatch.setattr(users, "_hasher", Counting())
    assert not users.verify("ann", BENS)
    assert not users.verify("nobody", BENS)
    assert compared[0] == compared[1]


def test_nobody_locks_another_one_out(guesser, users):
    attacker = guesser(users)
    application = attacker.app
    victim = TestClient(application, follow_redirects=False, client=("192.0.2.50", 1))
    for _ in range(ATTEMPTS_BY_NAME + 3):
        log_in(attacker, "ann", "wrong and wrong")
    assert log_in(attacker, "ann", ANNS).status_code == 429
    assert log_in(victim, "ann", ANNS).status_code == 303


def test_many_addresses_lock_nobody_out_who_came_in_before_even_after_a_restart(guesser, users, monkeypatch):
    monkeypatch.setattr("parley.ui.access.login_routes.ATTEMPTS_BY_NAME_EVERYWHERE", 3)
    known = guesser(users)
    assert log_in(known, "ann", ANNS).status_code == 303
    again = guesser(users).app
    for number in range(4):
        attacker = TestClient(again, follow_redirects=False, client=(f"192.0.2.{number}", 1))
        log_in(attacker, "ann", "wrong and wrong")
    moved = TestClient(again, follow_redirects=False, client=("198.51.100.7", 1), cookies=known.cookies)
    stranger = TestClient(again, follow_redirects=False, client=("198.51.100.8", 1))
    assert log_in(stranger, "ann", ANNS).status_code == 429
    assert log_in(moved, "ann", ANNS).status_code == 303


def test_one_network_counts_as_one_address():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("testclient") == "testclient"


def test_a_callers_own_word_for_its_address_is_not_believed(guesser, users):
    client = guesser(users)
    answers = []
    for number in range(ATTEMPTS_BY_NAME + 1):
        headers = {"x-forwarded-for": f"192.0.2.{number}"}
        answers.append(client.post("/login", data={"name": "ann", "password": "wrong and wrong"}, headers=headers).status_code)
    assert answers == [401] * ATTEMPTS_BY_NAME + [429]


def test_each_block_lasts_twice_as_long_as_the_one_before():
    clock = Clock()
    limit = AttemptLimit(1, 60, clock=clock)
    waits = []
    for _ in range(4):
        assert limit.wait("a") == 0
        waits.append(limit.wait("a"))
        clock.now += waits[-1]
    assert waits == [60, 120, 240, 480]


@pytest.mark.parametrize("password", ["password123456", "1234567890", "qwertyuiop", "iloveyou123", "newuser2031"])
def test_passwords_that_are_tried_first_are_refused(tmp_path, password):
    with pytest.raises(AccountError, match="easily guessed"):
        UserFile(tmp_path / "users.tsv").add("newuser", password)


def test_guessing_is_stopped_by_name_even_where_the_password_would_be_right(guesser, users):
    client = guesser(users)
    for _ in range(ATTEMPTS_BY_NAME):
        assert log_in(client, "ann", "wrong and wrong").status_code == 401
    for name in ("ann", "ann "):
        response = log_in(client, name, ANNS)
        assert response.status_code == 429
        assert 0 < int(response.headers["retry-after"]) <= 900
        assert "Too many attempts. Try again in 15 minutes." in response.text
    assert log_in(client, "ben", BENS).status_code == 303


def test_guessing_many_names_is_stopped_by_address_and_right_passwords_do_not_count(guesser, users):
    client = guesser(users)
    assert [log_in(client, "ben", BENS).status_code for _ in range(15)] == [303] * 15
    assert [log_in(client, f"name{number}", "wrong and wrong").status_code for number in range(15)] == [401] * 14 + [429]
    assert log_in(client, "ann", ANNS).status_code == 429


def test_attempts_are_free_again_after_the_window():
    clock = Clock()
    limit = AttemptLimit(2, 60, clock=clock)
    assert [limit.wait("a"), limit.wait("a"), limit.wait("a"), limit.wait("b")] == [0, 0, 60, 0]
    clock.now += 59
    assert limit.wait("a") == 1
    clock.now += 1
    assert limit.wait("a") == 0
    limit.forget("a")
    assert [limit.wait("a"), limit.wait("a"), limit.wait("a")] == [0, 0, 60]
