"""One sitting of an exam: model, protocol and results file brought together."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from homebody.assistant.assembly import store_of
from homebody.core.errors import InputError
from homebody.core.gate import Gate
from homebody.core.settings import Settings
from homebody.lab.exams import ceval, cmmlu
from homebody.lab.exams.exam import Exam, Question
from homebody.lab.exams.reading import Layout
from homebody.lab.exams.results import Heading, Results, load_results, writing
from homebody.lab.exams.runner import Told, run
from homebody.lab.exams.wording import Wording
from homebody.lab.llama.scorer import Scorer
from homebody.language.catalogue import find
from homebody.language.fit import machine
from homebody.weights.sources import hash_file

EXAMS: dict[str, tuple[Layout, dict[str, Wording]]] = {
    module.LAYOUT.id: (module.LAYOUT, module.WORDINGS) for module in (cmmlu, ceval)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A model that sits exams: a file, and its name in the results."""

    name: str
    path: Path
    sha256: str


def examined(settings: Settings, model: str) -> Examined:
    """The model of this id, or the GGUF file at this path. Raises InputError where it is not here."""
    if Path(model).is_file():
        return Examined(name=Path(model).stem, path=Path(model), sha256=hash_file(Path(model)))
    path = store_of(settings, Gate()).path(find(model))
    if path is None:
        raise InputError(f"The model {model} is not on this machine", hint=f"homebody models pull {model}")
    return Examined(name=model, path=path, sha256=hash_file(path))


def results_path(settings: Settings, exam: str, protocol: str, shots: int, model: Examined) -> Path:
    """Where the answers are kept unless another file is named."""
    return settings.data_dir / "exams" / f"{exam}-{protocol}-{shots}-{model.name}-{model.sha256[:8]}.jsonl"


def sit(
    scorer: Scorer,
    model: Examined,
    exam: Exam,
    protocol: str,
    shots: int,
    wanted: dict[str, tuple[Question, ...]],
    path: Path,
    told: Told,
) -> Results:
    """Ask what is wanted and has no answer in the file at ``path`` yet; all that is wanted and answered then.

    Raises EngineError, InputError, RecordError; KeyboardInterrupt leaves the file as far as it came.
    """
    heading = Heading(
        exam=exam.id,
        title=exam.title,
        data=exam.digest,
        protocol=protocol,
        shots=shots,
        model=model.name,
        model_sha256=model.sha256,
        model_bytes=model.path.stat().st_size,
        model_description=scorer.description,
        runtime=scorer.runtime.name,
        features=scorer.runtime.features,
        machine=machine_name(),
    )
    with writing(path, heading) as writer:
        run(scorer, heading, exam, EXAMS[exam.id][1][protocol], wanted, writer, told)
    found = load_results(path)
    asked = {(subject, question.index) for subject, questions in wanted.items() for question in questions}
    return Results(
        heading=found.heading,
        answered=tuple(one for one in found.answered if (one.subject, one.index) in asked),
    )


def machine_name() -> str:
    """Processor, cores and memory, for people."""
    here = machine()
    return f"{_processor()}, {here.cores} cores, {here.total_mb / 1024:.0f} GiB"


def _processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


@contextmanager
def seated(model: Examined, threads: int | None, context: int) -> Iterator[Scorer]:
    """The model, loaded."""
    scorer = Scorer.load(model.path, threads=threads, context=context)
    try:
        yield scorer
    finally:
        scorer.close()
