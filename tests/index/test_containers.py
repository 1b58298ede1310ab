"""Files inside files become documents of their own: zipped folders, mailboxes, attachments; with limits."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from parley.index.confined.reading import DirectReader
from parley.index.library import Library
from parley.index.readers.containers import members
from tests.fakes import HashingEmbedder


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", embedder=HashingEmbedder())


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


def mail(subject: str, text: str, **files: bytes) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Petra Nowak <nowak@tarsia.example>", subject
    made["Date"] = "Tue, 4 Mar 2031 10:00:00 +0000"
    made.set_content(text)
    for name, data in files.items():
        title = name.replace("_", ".")
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=title)
    return made.as_bytes()


def test_attached_files_are_documents_with_the_path_of_their_mail(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "draft.eml"
    path.write_bytes(mail("Draft", "See the annex.", annex_txt=b"Osk shall open the gate.", map_png=b"\x89PNG"))
    report = library.add([path])
    assert (report.added, report.refused) == (("draft.eml", "annex.txt"), ())
    assert library.document("annex.txt").text == "Osk shall open the gate."
    assert library.document("annex.txt").source_path == "draft.eml!/annex.txt"
    assert library.add([path]).unchanged == ("draft.eml", "annex.txt")
    path.write_bytes(mail("Draft", "See the annex.", annex_txt=b"Osk shall close the gate."))
    assert library.add([path]).updated == ("draft.eml", "annex.txt")


def test_zipped_folders(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "talks.zip"
    inner = zipped({"deep.md": b"# Deep\n\nWords inside."})
    files = {"a/note.txt": b"First note.", "b/note.txt": b"Second note.", "c.png": b"\x89PNG", "__MACOSX/x.txt": b"no"}
    files |= {"more.zip": inner, "m.eml": mail("Hi", "Text of the mail.", list_csv=b"Side,Demand\nOsk,60")}
    path.write_bytes(zipped(files))
    report = library.add([path])
    assert report.added == ("note.txt", "talks.zip/note.txt", "m.eml", "list.csv", "deep.md")
    assert [Path(one.path).name for one in report.refused] == ["c.png"]
    assert library.document("deep.md").source_path == "talks.zip!/more.zip!/deep.md"
    assert library.remove("deep.md").id == "deep.md"


def test_what_left_the_archive_is_missing_and_goes_when_asked(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "talks.zip"
    path.write_bytes(zipped({"one.txt": b"One note.", "two.txt": b"Two notes."}))
    library.add([path])
    path.write_bytes(zipped({"one.txt": b"One note."}))
    assert library.add([path]).missing == ("two.txt",)
    assert library.add([path], prune=True).removed == ("two.txt",)
    path.unlink()
    assert library.add([tmp_path]).missing == ("one.txt",)


def test_mailboxes(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "talks.mbox"
    border = b"From nowak@tarsia.example Tue Mar  4 10:00:00 2031\n"
    path.write_bytes(border + mail("One", ">From the first day we said no.") + b"\n" + border + mail("Two", "Second mail."))
    assert library.add([path]).added == ("talks-1.eml", "talks-2.eml")
    assert library.document("talks-1.eml").text == "From the first day we said no.\n"
    assert library.document("talks-2.eml").title == "Two"


def test_a_mail_file_that_holds_several_is_no_mail_of_the_first_author(library: Library, tmp_path: Path) -> None:
    border = b"From nowak@tarsia.example Tue Mar  4 10:00:00 2031\n"
    (tmp_path / "thread.eml").write_bytes(border + mail("One", "First mail.") + b"\n" + border + mail("Two", "Second mail."))
    assert library.add([tmp_path / "thread.eml"]).added == ("thread.eml", "thread-2.eml")
    assert (library.document("thread.eml").title, library.document("thread.eml").text) == ("One", "First mail.\n")
    assert library.document("thread-2.eml").title == "Two"


def test_bombs_and_locked_archives_are_refused(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bomb.zip").write_bytes(zipped({f"{number}.txt": bytes(8 * 1024**2) for number in range(8)}))
    locked = bytearray(zipped({"one.txt": b"One note."}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    (tmp_path / "none.mbox").write_bytes(b"Not a mailbox.")
    report = library.add([tmp_path])
    reasons = [one.reason for one in report.refused]
    assert "bomb.zip would unpack to 64 MB" in reasons[0]
    assert "locked.zip is protected by a password" in reasons[1]
    assert "none.mbox is no mailbox" in reasons[2]
    monkeypatch.setattr(members, "MOST_MEMBERS", 2)
    (tmp_path / "many.zip").write_bytes(zipped({f"{number}.txt": b"Words %d." % number for number in range(4)}))
    other = Library.open(tmp_path / "other", embedder=HashingEmbedder(), file_reader=DirectReader())
    report = other.add([tmp_path / "many.zip"])
    other.close()
    assert report.added == ("0.txt", "1.txt")
    assert "many.zip holds more than 2 files" in report.refused[0].reason


def test_archives_in_archives_come_to_an_end(library: Library, tmp_path: Path) -> None:
    data = zipped({"core.txt": b"Words."})
    for number in range(4):
        data = zipped({f"{number}.zip": data})
    (tmp_path / "outer.zip").write_bytes(data)
    report = library.add([tmp_path / "outer.zip"])
    assert report.added == ()
    assert "lies inside 3 other files" in report.refused[0].reason
