"""Models for a person who can reach a hub: each replaces a standard one where it is here.

Their hashes are those seen in several independent projects.
"""

from __future__ import annotations

from homebody.speech.model import SpeechModel, Task, file_of, hub_file

_SHERPA_RELEASES = "https://github.com/k2-fsa/sherpa-onnx/releases/download"

_SENSEVOICE = "csukuangfj/sherpa-onnx-sense-voice-zh-en-ja-ko-yue-int8-2025-09-09"
_SENSEVOICE_REVISION = "355f4d4884d8afd08aef04b9007a8556d7b463b2"
SENSEVOICE = SpeechModel(
    id="sensevoice-small",
    title="SenseVoice small (int8, 2025-09-09)",
    task=Task.RECOGNITION,
    licence="FunASR model licence 1.1",
    languages=("zh", "en"),
    memory_mb=420,
    files=(
        hub_file(
            "sensevoice-small",
            _SENSEVOICE,
            "model.int8.onnx",
            "12ca1a2ae7ecf3e0019ef2822307ee0b5cadc9196569e379b4c4026f8205276d",
            237_115_547,
            _SENSEVOICE_REVISION,
        ),
        hub_file(
            "sensevoice-small",
            _SENSEVOICE,
            "tokens.txt",
            "f449eb28dc567533d7fa59be34e2abca8784f771850c78a47fb731a31429a1dc",
            315_894,
            _SENSEVOICE_REVISION,
        ),
    ),
)

_ZIPFORMER = "csukuangfj/sherpa-onnx-streaming-zipformer-bilingual-zh-en-2023-02-20"
ZIPFORMER = SpeechModel(
    id="zipformer-zh-en",
    title="Streaming Zipformer, Chinese and English (int8)",
    task=Task.RECOGNITION,
    licence="Apache-2.0",
    languages=("zh", "en"),
    memory_mb=350,
    files=(
        hub_file(
            "zipformer-zh-en",
            _ZIPFORMER,
            "encoder-epoch-99-avg-1.int8.onnx",
            "8fa764187a261844f859d7143ebaa563af5d10adfece4c18a8f414c88cba2a9b",
            181_895_032,
        ),
        hub_file(
            "zipformer-zh-en",
            _ZIPFORMER,
            "decoder-epoch-99-avg-1.int8.onnx",
            "1a70c593d71e53f023f5f55b0b4cfff5055abb786ee3992e5f63dc2e273cc4fa",
            13_091_040,
        ),
        hub_file(
            "zipformer-zh-en",
            _ZIPFORMER,
            "joiner-epoch-99-avg-1.int8.onnx",
            "1ed689c5ed19dbaa725d9d191bb4822b5f4855a39e1ffd28cbc1f340d25b2ee0",
            3_228_404,
        ),
        hub_file("zipformer-zh-en", _ZIPFORMER, "tokens.txt", None, 60_000),
    ),
)

KEYWORDS = SpeechModel(
    id="keywords-zh-en",
    title="Zipformer keyword spotting, Chinese and English (3M)",
    task=Task.WAKE,
    licence="not stated by its publisher",
    languages=("zh", "en"),
    memory_mb=40,
    files=(
        file_of(
            "keywords-zh-en",
            "sherpa-onnx-kws-zipformer-zh-en-3M-2025-12-20.tar.bz2",
            "68447f4fbc67e70eee3a93961f36e81e98f47aef73ce7e7ca00885c6cd3616a6",
            32_885_699,
            address=f"{_SHERPA_RELEASES}/kws-models/sherpa-onnx-kws-zipformer-zh-en-3M-2025-12-20.tar.bz2",
        ),
    ),
)

CAMPPLUS = SpeechModel(
    id="campplus-zh-en",
    title="3D-Speaker CAM++, Chinese and English",
    task=Task.SPEAKER,
    licence="Apache-2.0",
    languages=("zh", "en"),
    memory_mb=60,
    files=(
        file_of(
            "campplus-zh-en",
            "3dspeaker_speech_campplus_sv_zh_en_16k-common_advanced.onnx",
            None,
            28_281_164,
            address=f"{_SHERPA_RELEASES}/speaker-recongition-models/"
            "3dspeaker_speech_campplus_sv_zh_en_16k-common_advanced.onnx",
        ),
    ),
)
