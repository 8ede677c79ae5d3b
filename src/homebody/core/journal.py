"""The journal: what happened, in order, only ever added to.

One SQLite file, one table: ``seq`` is the order, ``at`` the local time with its zone, ``kind`` a word such as
``turn``, ``id`` the receipt's identifier where there is one, ``body`` JSON. The ``sqlite3`` tool reads it.

What is promised
    ``append`` returns after the record is on the disk (write-ahead log, synchronous=FULL): a process that is
    killed at any moment loses nothing that was acknowledged. Triggers refuse to change or remove a record.
A damaged file
    is kept whole, moved aside under a dated name. What can still be read of it goes over to a new journal
    with its numbers; ``notice`` and a record of kind ``journal.recovered`` say so; the assistant goes on.
What it does not promise
    A disk that lies about having written; a person with the file in hand (triggers stop mistakes, not
    forgers); ordering of subscribers' calls between threads.

An append waits for the disk: about a millisecond on an SSD, tens on a memory card. It may be called from any
thread and from asyncio.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from homebody.core.clock import Clock
from homebody.core.errors import RecordError

_log = logging.getLogger(__name__)

_APPLICATION = 0x486F6D65  # "Home" in the file's header: no other program's database is ever touched
_VERSION = 1
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE journal (
    seq  INTEGER PRIMARY KEY,
    at   TEXT NOT NULL,
    kind TEXT NOT NULL,
    id   TEXT,
    body TEXT NOT NULL
);
CREATE INDEX journal_kind ON journal (kind, seq);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
    WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_COLUMNS = "seq, at, kind, id, body"

# SQLite's primary result codes (https://sqlite.org/rescode.html)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_HINTS = {
    sqlite3.SQLITE_FULL: "The disk is full: make room. What was written before is safe.",
    sqlite3.SQLITE_READONLY: "The disk or the file is read-only: make it writable, or set HOMEBODY_DATA_DIR.",
    sqlite3.SQLITE_CANTOPEN: "Check that the folder exists and may be written, or set HOMEBODY_DATA_DIR.",
    sqlite3.SQLITE_PERM: "Check who owns the folder, or set HOMEBODY_DATA_DIR.",
    sqlite3.SQLITE_IOERR: "The disk failed, is full, or went away. What was written before is safe.",
    sqlite3.SQLITE_BUSY: "Another program holds the file: close it and try again.",
    sqlite3.SQLITE_CORRUPT: "Start again: the damaged file is kept, and what is readable is carried over.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of the journal."""

    seq: int
    at: datetime
    kind: str
    id: str | None
    body: dict[str, Any]


Subscriber = Callable[[Record], None]


class Journal:
    """An append-only record in the file ``path``, made if it is missing; ``":memory:"`` keeps it in memory.

    Raises ``RecordError`` where the file cannot be opened, belongs to another program, or was written by a
    newer Homebody. ``notice`` tells a person of a repair that took place, else it is empty.
    """

    def __init__(self, path: Path | str, clock: Clock) -> None:
        self.path = path
        self.notice = ""
        self._clock = clock
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []
        self._closed = False
        try:
            self._db = _open(path)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise _record_error(f"The journal {path} cannot be opened", error) from error
            with _telling(f"The damaged journal {path} cannot be replaced"):
                self._db = self._recover(Path(path), error)
        except OSError as error:
            raise _record_error(f"The journal {path} cannot be opened", error) from error

    def append(self, kind: str, body: Mapping[str, Any], id: str | None = None) -> int:
        """Write one record and return its number once it is durable.

        ``body`` must be JSON (``TypeError`` or ``ValueError`` otherwise). Raises ``RecordError`` if it could
        not be written; then nothing of it was.
        """
        text = _to_json(body)
        at = self._clock.now()
        with self._lock, _telling(f"The journal {self.path} cannot be written"):
            self._check_open()
            cursor = self._db.execute(
                "INSERT INTO journal (at, kind, id, body) VALUES (?, ?, ?, ?)",
                (at.isoformat(), kind, id, text),
            )
            seq = cursor.lastrowid
        assert seq is not None
        if self._subscribers:
            self._tell(Record(seq=seq, at=at, kind=kind, id=id, body=json.loads(text)))
        return seq

    def read(
        self, kind: str | None = None, after: int = 0, limit: int = 100, newest_first: bool = False
    ) -> list[Record]:
        """Up to ``limit`` records numbered above ``after``, of one ``kind`` or of all."""
        order = "DESC" if newest_first else "ASC"
        where, values = ("kind = ? AND seq > ?", [kind, after]) if kind is not None else ("seq > ?", [after])
        query = f"SELECT {_COLUMNS} FROM journal WHERE {where} ORDER BY seq {order} LIMIT ?"
        with self._lock, _telling(f"The journal {self.path} cannot be read"):
            self._check_open()
            return [_record(row) for row in self._db.execute(query, [*values, max(limit, 0)])]

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call back with each record once it is durable, in the thread that appended it; returns the undo.

        A callback that fails is logged and does not undo the record.
        """
        with self._lock:
            self._subscribers.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._subscribers:
                    self._subscribers.remove(callback)

        return unsubscribe

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise RecordError(f"The journal {self.path} is closed")

    def _tell(self, record: Record) -> None:
        for callback in tuple(self._subscribers):
            try:
                callback(record)
            except Exception:
                _log.exception("a subscriber of the journal failed at record %d", record.seq)

    def _recover(self, path: Path, reason: sqlite3.DatabaseError) -> sqlite3.Connection:
        aside = _move_aside(path, self._clock.now())
        rows = _salvage(aside)
        db = _open(path)
        try:
            self.notice = (
                f"The journal was damaged ({reason}). It is kept whole as {aside}; "
                f"{len(rows)} records could be read and were carried over."
            )
            body = {"moved_to": str(aside), "reason": str(reason), "records": len(rows)}
            db.execute("BEGIN IMMEDIATE")
            db.executemany(f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)", rows)
            db.execute(
                "INSERT INTO journal (at, kind, body) VALUES (?, 'journal.recovered', ?)",
                (self._clock.now().isoformat(), _to_json(body)),
            )
            db.execute("COMMIT")
        except BaseException:
            db.close()
            raise
        _log.warning("%s", self.notice)
        return db


def _open(path: Path | str) -> sqlite3.Connection:
    """A checked connection to the journal in ``path``; what SQLite or the system raises goes through."""
    in_memory = str(path) == ":memory:"
    if not in_memory:
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        # For its owner only, before anything is in it; SQLite gives its -wal and -shm the same mode.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    db = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    db.text_factory = _text
    try:
        application = db.execute("PRAGMA application_id").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if tables and application != _APPLICATION:
            raise RecordError(f"{path} is another program's database", hint="Set HOMEBODY_DATA_DIR.")
        if version > _VERSION:
            raise RecordError(
                f"The journal {path} was written by a newer Homebody",
                hint="Update Homebody; nothing was changed.",
            )
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA recursive_triggers = ON")
        if not tables:
            db.executescript(_SCHEMA)
        elif (found := db.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise _damage(found)
        elif _schema(db) != _expected_schema():
            raise _damage("the schema is not the journal's")
        if not in_memory:
            _try_to_write(db)
    except UnicodeDecodeError as error:  # Python cannot read SQLite's message, which quotes a damaged schema
        db.close()
        raise _damage("the schema is unreadable") from error
    except BaseException:
        db.close()
        raise
    return db


def _try_to_write(db: sqlite3.Connection) -> None:
    try:
        db.execute("BEGIN IMMEDIATE")  # alone it does not tell
        db.execute(f"PRAGMA user_version = {_VERSION}")
        db.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if (
            error.sqlite_errorcode == sqlite3.SQLITE_READONLY
        ):  # the system let us write: so the header is wrong
            raise _damage("the header is not the journal's") from error
        raise


def _schema(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@cache
def _expected_schema() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(_SCHEMA)
        return _schema(db)


def _damage(what: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _move_aside(path: Path, now: datetime) -> Path:
    """Rename the database with its log, so that together they stay what they were."""
    stem = f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}"
    aside = path.with_name(stem)
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{stem}-{number}")
    for suffix in ("-wal", "-shm", ""):  # the log first: beside a new file SQLite would delete it
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def _salvage(path: Path) -> list[tuple[Any, ...]]:
    """All rows that can be read, in order: from the front until damage, then from the back until damage."""
    rows: dict[int, tuple[Any, ...]] = {}
    for order in ("ASC", "DESC"):
        # Read-only: the damaged file is kept as it was found.
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        db.text_factory = _text
        try:
            db.execute("PRAGMA writable_schema = ON")  # goes on past a damaged schema and a file cut short
            for row in db.execute(f"SELECT {_COLUMNS} FROM journal ORDER BY seq {order}"):
                if all(isinstance(row[column], str) for column in (1, 2, 4)):
                    rows[row[0]] = row
        except (sqlite3.Error, UnicodeDecodeError):
            continue  # how far it got is what there is
        finally:
            db.close()
    return [rows[seq] for seq in sorted(rows)]


def _record(row: tuple[Any, ...]) -> Record:
    """A row as a value. What a damaged disk made unreadable is shown as it is, under ``damaged``."""
    seq, at, kind, identifier, text = row
    try:
        moment, body = datetime.fromisoformat(at), json.loads(text)
        if not isinstance(body, dict):
            raise ValueError(text)
    except (TypeError, ValueError):
        moment, body = datetime.fromtimestamp(0, UTC), {"damaged": [str(at), str(text)]}
    return Record(seq=seq, at=moment, kind=str(kind), id=identifier, body=body)


def _text(stored: bytes) -> str:
    return stored.decode(errors="replace")


def _to_json(body: Mapping[str, Any]) -> str:
    text = json.dumps(dict(body), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, as undecodable command line arguments have: as \udcff
        return json.dumps(dict(body), allow_nan=False, separators=(",", ":"))
    return text


@contextmanager
def _telling(what: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _record_error(what, error) from error


def _record_error(what: str, error: Exception) -> RecordError:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return RecordError(f"{what}: {error}", hint=_HINTS[sqlite3.SQLITE_CANTOPEN])
    return RecordError(f"{what}: {error}", hint=_HINTS.get(code & 0xFF, ""))
