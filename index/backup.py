"""One file that holds a library as it was at one moment, and the library again from that file.

Databases are copied through SQLite's own backup, so that a library in use is copied whole; the search caches are left out,
since they are made again. Every file's digest goes along and is checked, after the backup is written and before it is restored.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from filelock import FileLock, Timeout

from parley.index.errors import LibraryBusyError, LibraryDamagedError, LibraryError

MANIFEST = "parley-backup.json"
_FORMAT = 1
_CATALOGUE = "catalog.sqlite"
_SQLITE_HEADER = b"SQLite format 3\0"
_CACHES = ("dense.faiss", "fulltext", "write.lock")
_SIDE_FILES = ("-wal", "-shm", "-journal", ".new", ".lock")
_PIECE = 2**20
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading a damaged archive may raise."""

_LOCK_SECONDS = 60.0
"""How long a backup waits for whoever is writing; a batch of documents takes some seconds."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds: how many files, their bytes, and when it was made."""

    files: int
    size: int
    made: datetime


def back_up(library: Path, file: Path) -> BackupReport:
    """Write the library in a folder to one file, and read it back to see that it holds what it should.

    Raises:
        LibraryError: there is no library, the file exists already, or it cannot be written.
        LibraryBusyError: another process writes for longer than a minute.
        LibraryDamagedError: the library's databases are damaged; nothing was written.
    """
    if not (library / _CATALOGUE).is_file():
        raise LibraryError(f"There is no library in {library}. Name another folder.")
    if file.exists():
        raise LibraryError(f"{file} exists already. Name a new file, or move that one away.")
    temporary = file.with_name(file.name + ".new")
    try:
        # It holds everything the library does, and may come to lie in a folder of many.
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with _Held(library), tempfile.TemporaryDirectory(prefix="parley-backup-", dir=file.absolute().parent) as work:
            digests = _written(library, temporary, Path(work))
        _check(temporary, digests)
        temporary.replace(file)
    except OSError as error:
        raise LibraryError(
            f"The backup {file} cannot be written ({error.strerror or error}). Make room, or name another."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return inspect_backup(file)


def inspect_backup(file: Path) -> BackupReport:
    """What a backup holds, as its manifest says. Raises LibraryError if the file is no backup."""
    with _opened(file) as archive:
        made, files = _manifest(archive, file)
        size = sum(entry.file_size for entry in archive.infolist())
    return BackupReport(len(files), size, made)


def restore(file: Path, library: Path, *, replace: bool = False) -> Path | None:
    """Put a backup in place as the library in a folder; returns where the library that was there is kept now, if one was.

    Nothing in the folder is touched before the whole backup has been read and found well.

    Raises:
        LibraryError: the file is no backup, or the folder is not empty and `replace` is false.
        LibraryDamagedError: the backup does not hold what its manifest says.
    """
    library = library.absolute()
    occupied = library.exists() and (not library.is_dir() or any(library.iterdir()))
    if occupied and not replace:
        raise LibraryError(f"{library} is not empty. Name another folder, or have it kept aside: parley restore --replace.")
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        # A folder of its own beside the library: on the same disk, and under a name that nothing else has.
        with tempfile.TemporaryDirectory(prefix=f"{library.name}.restoring-", dir=library.parent) as work:
            coming = Path(work) / library.name
            coming.mkdir(mode=0o700)
            if library.is_dir():
                # Whoever may look into the library today still may.
                coming.chmod(stat.S_IMODE(library.stat().st_mode))
            _unpack(file, coming)
            return _put_in_place(coming, library, keep=occupied)
    except OSError as error:
        raise LibraryError(f"{file} cannot be restored to {library} ({error.strerror or error}).") from error


class _Held:
    """The right to write to a library while it is copied; on media that cannot be written to, nobody else writes either."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._lock: FileLock | None = FileLock(library / "write.lock") if os.access(library, os.W_OK) else None

    def __enter__(self) -> None:
        if self._lock is None:
            return
        try:
            self._lock.acquire(timeout=_LOCK_SECONDS)
        except Timeout as error:
            msg = f"Another process has been writing to {self._library} for a minute. Try again when it has finished."
            raise LibraryBusyError(msg) from error

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.release()


def _written(library: Path, target: Path, work: Path) -> dict[str, str]:
    """Write the archive; returns the digests of its files by their names."""
    digests: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for path in _files(library):
            name = _storable(path.relative_to(library).as_posix())
            # An upload on its way may be added, and its file be gone, while the others are copied.
            with suppress(FileNotFoundError):
                source = _copied(path, work / "copy.sqlite") if _is_sqlite(path) else path
                digests[name] = _put(source, archive, name)
        manifest = {"format": _FORMAT, "made": datetime.now(UTC).isoformat(timespec="seconds"), "files": digests}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
    return digests


def _storable(name: str) -> str:
    """A name as archives hold it. Raises LibraryError for one that is no text."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LibraryError(f"The file {name!r} cannot be backed up: its name is not UTF-8. Rename it or take it out.") from error
    return name


def _put(source: Path, archive: zipfile.ZipFile, name: str) -> str:
    """Copy a file into the archive, whatever day its clock says; returns its digest, of the very bytes that were copied."""
    entry = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with source.open("rb") as content, archive.open(entry, "w", force_zip64=True) as written:
        return _copy(content, written)


def _files(library: Path) -> Iterator[Path]:
    for path in sorted(library.rglob("*")):
        inside = path.relative_to(library)
        if inside.parts[0] not in _CACHES and not path.name.endswith(_SIDE_FILES) and path.is_file() and not path.is_symlink():
            yield path


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE_HEADER)) == _SQLITE_HEADER


def _copied(path: Path, target: Path) -> Path:
    """A database as it is at this moment, found well. Raises LibraryDamagedError."""
    target.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(_readable(path), uri=True, timeout=_LOCK_SECONDS)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        _check_database(target, path)
    except sqlite3.Error as error:
        raise LibraryDamagedError(f"{path} cannot be copied ({error}). Run `parley doctor`; nothing was written.") from error
    return target


def _readable(path: Path) -> str:
    """The address of a database for reading; where the folder cannot be written to, nobody changes it while it is read."""
    writable = os.access(path.parent, os.W_OK)
    return f"{path.absolute().as_uri()}?mode={'rw' if writable else 'ro&immutable=1'}"


def _check_database(path: Path, told: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if problems:
        raise LibraryDamagedError(f"{told} is damaged ({problems[0]}). Restore an earlier backup, or add the documents again.")


def _check(file: Path, digests: dict[str, str]) -> None:
    with _opened(file) as archive:
        for name, digest in digests.items():
            with archive.open(name) as content:
                if _digest(content) != digest:
                    raise LibraryDamagedError(f"The backup does not read back as written ({name}). The disk may be failing.")


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile) as error:
        raise LibraryError(f"{file} is not a backup of a library ({error}). Name a file that `parley backup` wrote.") from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> tuple[datetime, dict[str, str]]:
    """When a backup was made, and the digests of its files by name. Raises LibraryError if it is none."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        made, files = (
            datetime.fromisoformat(manifest["made"]),
            {str(name): str(digest) for name, digest in manifest["files"].items()},
        )
        known = manifest["format"] == _FORMAT and _CATALOGUE in files
    except (KeyError, ValueError, TypeError, AttributeError, *_UNREADABLE) as error:
        raise LibraryError(f"{file} is not a backup of a library ({error!r}). Name a file that `parley backup` wrote.") from error
    if not known:
        raise LibraryError(f"{file} was written by another version of Parley, or holds no library.")
    return made, files


def _unpack(file: Path, target: Path) -> None:
    """Write the files of a backup below a folder. Raises LibraryDamagedError where they are not what the manifest says."""
    with _opened(file) as archive:
        _, digests = _manifest(archive, file)
        if {entry.filename for entry in archive.infolist()} != {*digests, MANIFEST}:
            raise LibraryDamagedError(f"The backup {file} does not hold the files that it should. Restore another one.")
        _check_room(sum(entry.file_size for entry in archive.infolist()), file, target)
        for name, digest in digests.items():
            _unpack_one(archive, name, digest, target, file)
    for path in target.rglob("*"):
        if path.is_file() and _is_sqlite(path):
            _check_database(path, path)


def _check_room(needed: int, file: Path, target: Path) -> None:
    """Raises LibraryError where a backup would fill the disk."""
    place = next(folder for folder in target.parents if folder.exists())
    free = shutil.disk_usage(place).free
    if needed > free:
        told = f"{file} unpacks to {needed / 2**20:.0f} MB, and there are {free / 2**20:.0f} MB free in {place}"
        raise LibraryError(f"{told}. Make room, or name a folder on another disk.")


def _unpack_one(archive: zipfile.ZipFile, name: str, digest: str, target: Path, file: Path) -> None:
    inside = PurePosixPath(name)
    # On Windows alone these two lead elsewhere; on other systems they may stand in a name.
    if inside.is_absolute() or ".." in inside.parts or (os.name == "nt" and ("\\" in name or ":" in name)):
        raise LibraryDamagedError(f"The backup {file} holds a file outside its folder ({name!r}). It was not written by Parley.")
    path = target / inside
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open(name) as content, path.open("wb") as written:
            found = _copy(content, written)
            written.flush()
            os.fsync(written.fileno())
    except _UNREADABLE as error:
        raise LibraryDamagedError(f"The backup {file} is damaged ({error}). Restore another one.") from error
    if found != digest:
        raise LibraryDamagedError(f"The backup {file} is damaged: {name} is not as it was written. Restore another one.")


def _copy(content: IO[bytes], written: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(_PIECE):
        digest.update(piece)
        written.write(piece)
    return digest.hexdigest()


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _put_in_place(coming: Path, library: Path, *, keep: bool) -> Path | None:
    """Move a library to its place; returns where the one that was there is kept. It is put back where the new one cannot come."""
    aside = _set_aside(library, keep=keep)
    try:
        coming.replace(library)
    except OSError:
        if aside is not None:
            aside.replace(library)
        raise
    return aside


def _set_aside(library: Path, *, keep: bool) -> Path | None:
    if not keep:
        if library.exists():
            library.rmdir()
        return None
    aside = library.with_name(f"{library.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    library.replace(aside)
    return aside
