"""Two users, how they log in, and a clock that is set by hand: for the tests of logging in."""

from parley.ui.access.accounts import UserFile

ANNS, BENS = "correct horse battery", "staple of the harbour"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def log_in(client, name, password, **fields):
    return client.post("/login", data={"name": name, "password": password, **fields})


def users_in(folder):
    """A file of Ann and Ben."""
    made = UserFile(folder / "users.tsv")
    made.add("ann", ANNS)
    made.add("ben", BENS)
    return made
