from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homebody.core.clock import ManualClock, SystemClock
from homebody.core.errors import RecordError
from homebody.core.journal import Journal, Record

CLOCK = ManualClock(datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def journal() -> Iterator[Journal]:
    with Journal(":memory:", CLOCK) as journal:
        yield journal


def integrity(file: Path) -> str:
    db = sqlite3.connect(file)
    try:
        return str(db.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        db.close()


def test_what_is_appended_is_read_after_reopening(file: Path) -> None:
    with Journal(file, CLOCK) as journal:
        assert journal.append("turn", {"text": "开灯", "ms": 1.5}, id="turn-1") == 1
        assert journal.append("note", {}) == 2
    with Journal(file, CLOCK) as journal:
        assert journal.notice == ""
        assert journal.read() == [
            Record(seq=1, at=CLOCK.now(), kind="turn", id="turn-1", body={"text": "开灯", "ms": 1.5}),
            Record(seq=2, at=CLOCK.now(), kind="note", id=None, body={}),
        ]
        assert journal.append("note", {}) == 3


def test_read_filters_pages_and_turns_round(journal: Journal) -> None:
    for number in range(1, 11):
        journal.append("even" if number % 2 == 0 else "odd", {"n": number})

    def seqs(**how: Any) -> list[int]:
        return [record.seq for record in journal.read(**how)]

    assert seqs(kind="even") == [2, 4, 6, 8, 10]
    assert seqs(kind="even", after=4, limit=2) == [6, 8]
    assert seqs(newest_first=True, limit=3) == [10, 9, 8]
    assert seqs(after=8, newest_first=True) == [10, 9]
    assert seqs(kind="none") == seqs(limit=0) == seqs(limit=-1) == []


@given(
    body=st.dictionaries(
        st.text(),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=8,
        ),
    )
)
@settings(deadline=None)
def test_any_json_comes_back_as_it_was(body: dict[str, Any]) -> None:
    with Journal(":memory:", CLOCK) as journal:
        journal.append("any", body)
        assert journal.read()[0].body == body


def test_undecodable_text_is_kept(journal: Journal) -> None:
    journal.append("turn", {"text": "\udcff"})  # what Python makes of a broken byte on the command line
    assert journal.read()[0].body == {"text": "\udcff"}


def test_what_is_not_json_is_refused_and_leaves_nothing(journal: Journal) -> None:
    with pytest.raises(TypeError):
        journal.append("turn", {"value": object()})
    with pytest.raises(ValueError, match="Out of range"):
        journal.append("turn", {"value": float("nan")})
    assert journal.read() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = '{}'",
        "DELETE FROM journal",
        "REPLACE INTO journal (seq, at, kind, body) VALUES (1, '', '', '')",
        "INSERT INTO journal VALUES (1, '', '', '', '') ON CONFLICT DO UPDATE SET body = ''",
    ],
)
def test_history_cannot_be_changed_by_another_program_either(file: Path, statement: str) -> None:
    with Journal(file, CLOCK) as journal:
        journal.append("turn", {"n": 1})
        other = sqlite3.connect(file, isolation_level=None)
        try:
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                other.execute(statement)
        finally:
            other.close()
        assert [record.body for record in journal.read()] == [{"n": 1}]


def test_subscribers_hear_durable_records_until_they_leave(journal: Journal) -> None:
    heard: list[Record] = []
    unsubscribe = journal.subscribe(lambda record: heard.extend(journal.read(after=record.seq - 1)))
    journal.append("turn", {"n": 1})
    unsubscribe()
    unsubscribe()
    journal.append("turn", {"n": 2})
    assert [record.body for record in heard] == [{"n": 1}]


def test_a_failing_subscriber_undoes_nothing(journal: Journal, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Record] = []

    def fail(record: Record) -> None:
        raise RuntimeError("no")

    journal.subscribe(fail)
    journal.subscribe(heard.append)
    assert journal.append("turn", {}) == 1
    assert len(heard) == 1
    assert "subscriber" in caplog.text


def test_threads_append_without_losing_or_doubling(file: Path) -> None:
    with Journal(file, CLOCK) as journal:
        seqs: list[int] = []

        def work() -> None:
            seqs.extend(journal.append("turn", {}) for _ in range(25))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(seqs) == [record.seq for record in journal.read(limit=1000)] == list(range(1, 101))


def test_only_the_owner_may_read_it(file: Path) -> None:
    with Journal(file, CLOCK) as journal:
        journal.append("turn", {})
        parts = sorted(file.parent.iterdir())
        assert len(parts) == 3  # the log and its index too
        assert {stat.S_IMODE(part.stat().st_mode) for part in parts} == {0o600}


def test_a_closed_journal_says_so(journal: Journal) -> None:
    journal.close()
    journal.close()
    with pytest.raises(RecordError, match="is closed"):
        journal.append("turn", {})
    with pytest.raises(RecordError, match="is closed"):
        journal.read()


APPENDER = """
import sys
from pathlib import Path
from homebody.core.clock import SystemClock
from homebody.core.journal import Journal
journal = Journal(Path(sys.argv[1]), SystemClock())
while True:
    seq = journal.append("turn", {"filling": "x" * 3000})
    sys.stdout.write(f"{seq}\\n")
    sys.stdout.flush()
"""


def test_killed_at_any_moment_it_keeps_all_that_was_acknowledged(file: Path) -> None:
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(file)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            # A random number of appends, then death at a random moment: between two of them, or within one.
            for _ in range(chance.randrange(1, 60)):
                acknowledged = int(process.stdout.readline())
            timer = threading.Timer(chance.random() * 0.02, os.kill, (process.pid, signal.SIGKILL))
            timer.start()
            lines = process.stdout.read().split("\n")  # the last may be half a line: not acknowledged
            timer.join()
            acknowledged = max([acknowledged, *(int(line) for line in lines[:-1])])
        assert process.returncode == -signal.SIGKILL
        with Journal(file, SystemClock()) as journal:
            assert journal.notice == ""
            seqs = [record.seq for record in journal.read(limit=100_000)]
        assert seqs == list(range(1, len(seqs) + 1))
        assert acknowledged <= len(seqs) <= acknowledged + 1  # at most the one that was being written
        assert integrity(file) == "ok"


LIMITED = """
import json, resource, signal, sys
from pathlib import Path
from homebody.core.clock import SystemClock
from homebody.core.errors import RecordError
from homebody.core.journal import Journal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Journal(Path(sys.argv[1]), SystemClock()) as journal:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    kept = 0
    try:
        while True:
            kept = journal.append("turn", {"filling": "x" * 5000})
    except RecordError as error:
        hint = error.hint
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    after = journal.append("turn", {})
print(json.dumps([kept, hint, after]))
"""


def test_a_file_that_can_grow_no_further_is_an_error_with_a_hint_and_then_works_again(file: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(file)], capture_output=True, text=True, check=True
    )
    kept, hint, after = json.loads(ran.stdout)
    assert kept > 5
    assert "full" in hint
    assert after == kept + 1
    assert integrity(file) == "ok"
    with Journal(file, CLOCK) as journal:
        assert len(journal.read(limit=1000)) == after


def test_a_place_that_cannot_be_written_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "journal.db", tmp_path, Path("/proc/journal.db")):
        with pytest.raises(RecordError, match="cannot be opened") as caught:
            Journal(path, CLOCK)
        assert "HOMEBODY_DATA_DIR" in caught.value.hint


def fill(file: Path, count: int) -> None:
    with Journal(file, CLOCK) as journal:
        for number in range(1, count + 1):
            journal.append("turn", {"n": number, "filling": "x" * 2000}, id=f"turn-{number}")


def aside(file: Path) -> Path:
    [moved] = [each for each in file.parent.glob("*.damaged-*") if not each.name.endswith(("-wal", "-shm"))]
    return moved


def test_a_file_that_is_no_database_is_moved_aside_whole(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database at all" * 100)
    with Journal(file, CLOCK) as journal:
        [record] = journal.read()
        assert record.kind == "journal.recovered"
        assert record.body["records"] == 0
        assert str(aside(file)) in journal.notice
        assert journal.append("turn", {}) == 2
    assert aside(file).read_bytes() == b"not a database at all" * 100


def test_a_damaged_page_costs_only_what_was_on_it(file: Path) -> None:
    fill(file, 100)
    content = bytearray(file.read_bytes())
    content[30 * 4096 : 32 * 4096] = b"\xde\xad" * 4096
    file.write_bytes(content)
    with Journal(file, CLOCK) as journal:
        records = journal.read(limit=1000)
        assert "damaged" in journal.notice
        turns = [record for record in records if record.kind == "turn"]
        assert 90 <= len(turns) < 100
        assert turns[0].seq == 1
        assert turns[-1].seq == 100
        assert all(record.body["n"] == record.seq for record in turns)
        assert records[-1].body["records"] == len(turns)
        assert journal.append("turn", {}) == 102
    assert aside(file).read_bytes() == content
    with Journal(file, CLOCK) as journal:
        assert journal.notice == ""


@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_whatever_was_done_to_the_file_the_journal_opens_and_works(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("journal") / "journal.db"
    fill(file, 12)
    content = bytearray(file.read_bytes())
    at = data.draw(st.integers(2, len(content) - 1))  # to SQLite a file of 0 or 1 bytes is a new one
    if data.draw(st.booleans()):
        del content[at:]
    else:
        wound = data.draw(st.binary(min_size=1, max_size=5000))
        content[at : at + len(wound)] = wound
    file.write_bytes(content)
    try:
        journal = Journal(file, CLOCK)
    except RecordError as error:  # by its header it is somebody else's, or newer: left alone
        assert any(word in error.message for word in ("another program", "newer", "unsupported file format"))
        assert file.read_bytes()[:96] == content[:96]
        return
    with journal:
        if not journal.notice:  # the wound is in free space, or within a text
            assert len(journal.read()) == 12
        seq = journal.append("turn", {"n": "new"})
        assert journal.read(after=seq - 1)[0].body == {"n": "new"}
    assert integrity(file) == "ok"


def test_a_damaged_schema_costs_no_record(file: Path) -> None:
    fill(file, 20)
    file.write_bytes(file.read_bytes().replace(b"SELECT RAISE(ABORT", b"SELECT ERASE(ABORT"))
    with Journal(file, CLOCK) as journal:
        assert "20 records" in journal.notice
        assert [record.body["n"] for record in journal.read(kind="turn")] == list(range(1, 21))


def test_a_file_cut_short_keeps_its_beginning(file: Path) -> None:
    fill(file, 100)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with Journal(file, CLOCK) as journal:
        turns = journal.read(kind="turn", limit=1000)
        assert len(turns) > 20
        assert [record.body["n"] for record in turns] == [record.seq for record in turns]


def test_a_text_that_no_longer_reads_is_shown_as_it_is(file: Path) -> None:
    fill(file, 3)
    file.write_bytes(file.read_bytes().replace(b'{"n":2,', b'{"n":\xff,'))
    with Journal(file, CLOCK) as journal:
        first, second, third = journal.read()
        assert (first.body["n"], third.body["n"]) == (1, 3)
        assert second.kind == "turn"
        assert second.body["damaged"][1].startswith('{"n":\ufffd')


def test_another_programs_database_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE recipes (name)")
    db.close()
    before = file.read_bytes()
    with pytest.raises(RecordError, match="another program"):
        Journal(file, CLOCK)
    assert file.read_bytes() == before


def test_a_newer_journal_is_left_alone(file: Path) -> None:
    fill(file, 1)
    db = sqlite3.connect(file)
    db.execute("PRAGMA user_version = 2")
    db.close()
    with pytest.raises(RecordError, match="newer Homebody"):
        Journal(file, CLOCK)
