"""Which files a list of paths means."""

from __future__ import annotations

from pathlib import Path

from parley.index.discovery import FoundFile, discover
from parley.index.readers import supported_formats


def tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names(root: Path, found: list[FoundFile]) -> list[str]:
    return [item.path.relative_to(root).as_posix() for item in found]


def test_folders_are_walked_in_one_order(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a/z.md", "a/B.pdf", "a/c/d.docx", "c.HTML", "a.eml")
    found, refused = discover([tmp_path])
    assert names(tmp_path, found) == ["a/B.pdf", "a/c/d.docx", "a/z.md", "a.eml", "b.txt", "c.HTML"]
    assert refused == []
    assert [item.size for item in found] == [len(name) for name in names(tmp_path, found)]
    assert discover([tmp_path]) == (found, refused)


def test_named_paths_keep_their_order_and_count_once(tmp_path: Path) -> None:
    tree(tmp_path, "x/b.txt", "x/a.txt", "c.txt")
    found, refused = discover([tmp_path / "x" / "b.txt", tmp_path, tmp_path / "x" / "a.txt", tmp_path / "c.txt"])
    assert names(tmp_path, found) == ["x/b.txt", "c.txt", "x/a.txt"]
    assert refused == []


def test_hidden_files_and_libraries_are_passed_over(tmp_path: Path) -> None:
    tree(tmp_path, ".hidden.txt", ".git/a.txt", "library/catalog.sqlite", "library/note.txt", "talks/a.txt")
    found, refused = discover([tmp_path])
    assert names(tmp_path, found) == ["talks/a.txt"]
    assert refused == []


def test_a_library_that_is_named_is_refused(tmp_path: Path) -> None:
    tree(tmp_path, "library/catalog.sqlite")
    found, refused = discover([tmp_path / "library"])
    assert found == []
    assert [(item.path, item.reason) for item in refused] == [
        (str(tmp_path / "library"), "It is a library, not a folder of documents. Name the folder that holds the documents.")
    ]


def test_a_hidden_file_that_is_named_is_taken(tmp_path: Path) -> None:
    tree(tmp_path, ".hidden.txt")
    found, _ = discover([tmp_path / ".hidden.txt"])
    assert names(tmp_path, found) == [".hidden.txt"]


def test_unsupported_files_are_refused_one_by_one(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "slides.ppt", "sub/README")
    found, refused = discover([tmp_path])
    assert names(tmp_path, found) == ["a.txt"]
    formats = supported_formats()
    assert [(item.path, item.reason) for item in refused] == [
        (str(tmp_path / "slides.ppt"), f"Files ending in .ppt are not supported. {formats}"),
        (str(tmp_path / "sub/README"), f"Files without an ending are not supported. {formats}"),
    ]


def test_missing_paths_are_refused(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    found, refused = discover([tmp_path / "gone.txt", tmp_path / "a.txt"])
    assert names(tmp_path, found) == ["a.txt"]
    assert [(item.path, item.reason) for item in refused] == [
        (str(tmp_path / "gone.txt"), "There is no such file or folder. Check the path.")
    ]


def test_links_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    tree(tmp_path, "talks/a.txt", "talks/sub/b.txt")
    (tmp_path / "talks/sub/up").symlink_to(tmp_path / "talks", target_is_directory=True)
    (tmp_path / "talks/again").symlink_to(tmp_path / "talks/sub", target_is_directory=True)
    (tmp_path / "talks/self.txt").symlink_to(tmp_path / "talks/self.txt")
    (tmp_path / "talks/nowhere.txt").symlink_to(tmp_path / "gone.txt")
    found, refused = discover([tmp_path / "talks"])
    assert names(tmp_path, found) == ["talks/a.txt", "talks/again/b.txt"]
    assert [Path(item.path).name for item in refused] == ["nowhere.txt", "self.txt"]


def test_a_link_that_leads_elsewhere_is_followed(tmp_path: Path) -> None:
    tree(tmp_path, "elsewhere/a.txt")
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks/link.txt").symlink_to(tmp_path / "elsewhere/a.txt")
    found, _ = discover([tmp_path / "talks/link.txt"])
    assert names(tmp_path, found) == ["talks/link.txt"]
    assert found[0].size == len("elsewhere/a.txt")


def test_a_link_inside_a_folder_that_leads_out_of_it_is_refused(tmp_path: Path) -> None:
    """Whoever made the folder may have put it there to have a private file read."""
    tree(tmp_path, "private/pw.txt", "talks/a.txt", "talks/sub/b.txt")
    (tmp_path / "talks/link.txt").symlink_to(tmp_path / "private/pw.txt")
    (tmp_path / "talks/folder").symlink_to(tmp_path / "private", target_is_directory=True)
    (tmp_path / "talks/inside.txt").symlink_to(tmp_path / "talks/sub/b.txt")
    found, refused = discover([tmp_path / "talks"])
    assert names(tmp_path, found) == ["talks/a.txt", "talks/inside.txt"]
    target = tmp_path / "private/pw.txt"
    reason = f"It is a link that leads out of the folder, to {target}. Name that itself if it is to be added."
    assert [(Path(item.path).name, item.reason) for item in refused] == [
        ("folder", reason.replace(str(target), str(target.parent))),
        ("link.txt", reason),
    ]
