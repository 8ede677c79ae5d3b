"""Words as sounds, written in the phonetic letters that Kokoro was trained on."""
