// In the audio thread: sound in pieces of a twentieth of a second, as 16 bit, and how loud each is.
class Microphone extends AudioWorkletProcessor {
  constructor() {
    super();
    this.piece = new Int16Array(Math.round(sampleRate / 20));
    this.filled = 0;
    this.power = 0;
  }
  process(inputs) {
    const channel = inputs[0]?.[0];
    if (!channel) return true;
    for (const sample of channel) {
      const cut = Math.max(-1, Math.min(1, sample));
      this.power += cut * cut;
      this.piece[this.filled++] = cut * 32767;
      if (this.filled === this.piece.length) {
        const level = Math.sqrt(this.power / this.filled);
        this.port.postMessage({ sound: this.piece.buffer, level }, [this.piece.buffer]);
        this.piece = new Int16Array(Math.round(sampleRate / 20));
        this.filled = this.power = 0;
      }
    }
    return true;
  }
}
registerProcessor("microphone", Microphone);
