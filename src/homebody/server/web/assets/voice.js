// Talking to the page: hold the button and speak, or tap it and speak until there is silence.
(() => {
  "use strict";
  const HOLD_MS = 350;       // a press that lasts longer is a hold
  const IDLE_MS = 20_000;    // the microphone is closed when nothing was said for so long
  const RATE = 16_000;

  class Voice {
    constructor(button) {
      this.button = button;
      this.words = button.dataset;
      this.queue = [];
      this.playing = new Set();
      this.playAt = 0;
    }

    // the microphone and the socket, opened by the first press and kept for a while
    async open() {
      if (this.opening) return this.opening;
      this.opening = this.connect().catch((error) => { this.close(); throw error; });
      return this.opening;
    }

    async connect() {
      if (!navigator.mediaDevices?.getUserMedia) throw new Error(this.words.insecure);
      this.context = new AudioContext({ sampleRate: RATE });
      await this.context.resume();
      try {
        this.stream = await navigator.mediaDevices.getUserMedia({
          audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        });
      } catch (error) {
        throw new Error(error.name === "NotAllowedError" ? this.words.denied : this.words.absent);
      }
      for (const track of this.stream.getAudioTracks()) {
        track.addEventListener("ended", () => { this.say(this.words.vanished); this.close(); });
      }
      await this.context.audioWorklet.addModule(this.words.worklet);
      await this.dial();
      const source = this.context.createMediaStreamSource(this.stream);
      this.node = new AudioWorkletNode(this.context, "microphone", { numberOfOutputs: 0 });
      this.node.port.onmessage = ({ data }) => {
        this.button.style.setProperty("--level", Math.min(1, data.level * 6).toFixed(2));
        if (this.socket?.readyState === WebSocket.OPEN && this.socket.bufferedAmount < 1_000_000) {
          this.socket.send(data.sound);
        }
      };
      source.connect(this.node);
    }

    dial() {
      const scheme = location.protocol === "https:" ? "wss:" : "ws:";
      const query = new URLSearchParams({ visit: this.words.visit || "", language: this.words.language });
      this.socket = new WebSocket(`${scheme}//${location.host}/voice?${query}`);
      this.socket.binaryType = "arraybuffer";
      return new Promise((ready, failed) => {
        this.socket.onmessage = ({ data }) => {
          if (typeof data !== "string") return this.play(data);
          const told = JSON.parse(data);
          if (told.ready) { this.rate = told.ready.rate; ready(); }
          if (told.state) this.show(told.state);
          if ("heard" in told) this.say(told.heard);
          if (told.earcon) this.earcon(told.earcon);
          if (told.hush) this.hush();
          if (told.spoken) this.button.dataset.spoken = JSON.stringify(told.spoken);
          if (told.error) {
            this.error = [told.error, told.hint].filter(Boolean).join(" ");
            failed(new Error(this.error));
            this.say(this.error);
          }
        };
        this.socket.onclose = () => { failed(new Error(this.error || this.words.gone)); this.close(); };
      });
    }

    close() {
      this.opening = null;
      clearTimeout(this.idle);
      this.hush();
      for (const track of this.stream?.getTracks() ?? []) track.stop();
      this.node?.disconnect();
      if (this.socket) { this.socket.onclose = null; this.socket.close(); }
      this.context?.close().catch(() => {});
      this.stream = this.node = this.socket = this.context = null;
      this.show("asleep");
      this.button.style.removeProperty("--level");
    }

    tell(message) {
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
    }

    async press() {
      this.pressedAt = performance.now();
      this.held = true;
      if (this.state && this.state !== "asleep" && this.state !== "speaking") {
        this.pressedAt = null;  // the second tap: it is over, or it was a mistake
        this.tell({ do: this.state === "hearing" ? "end" : "cancel" });
        return;
      }
      this.show("opening");
      try {
        await this.open();
        this.tell({ do: "begin", rate: this.context.sampleRate });
        if (!this.held && this.wasHold) this.tell({ do: "end" });
      } catch (error) {
        this.show("asleep");
        this.say(error.message);
      }
    }

    release() {
      if (!this.held) return;
      this.held = false;
      this.wasHold = this.pressedAt !== null && performance.now() - this.pressedAt > HOLD_MS;
      if (this.wasHold && this.state !== "opening") this.tell({ do: "end" });
    }

    // what the person sees
    show(state) {
      this.state = state;
      this.button.dataset.state = state;
      const label = this.words[`label${state[0].toUpperCase()}${state.slice(1)}`] || this.words.labelAsleep;
      this.button.setAttribute("aria-label", label);
      this.button.title = label;
      this.button.setAttribute("aria-pressed", String(state !== "asleep"));
      clearTimeout(this.idle);
      if (state === "asleep" && this.socket) this.idle = setTimeout(() => this.close(), IDLE_MS);
    }

    say(text) {
      const line = document.querySelector(".heard");
      if (line) { line.textContent = text; line.hidden = !text; }
    }

    // what the person hears
    play(data) {
      if (!this.context) return;
      const pcm = new Int16Array(data);
      if (!pcm.length) return;
      const buffer = this.context.createBuffer(1, pcm.length, this.rate);
      const channel = buffer.getChannelData(0);
      for (let index = 0; index < pcm.length; index++) channel[index] = pcm[index] / 32768;
      const source = this.context.createBufferSource();
      source.buffer = buffer;
      source.connect(this.context.destination);
      const at = Math.max(this.context.currentTime + 0.02, this.playAt);
      source.start(at);
      this.playAt = at + buffer.duration;
      this.playing.add(source);
      source.onended = () => this.playing.delete(source);
      this.button.dataset.played = Number(this.button.dataset.played || 0) + buffer.duration;
    }

    hush() {
      for (const source of this.playing) source.stop();
      this.playing.clear();
      this.playAt = 0;
    }

    earcon(name) {
      const now = this.context.currentTime, tone = this.context.createOscillator(), gain = this.context.createGain();
      const [from, to] = name === "listening" ? [620, 880] : [480, 330];
      tone.frequency.setValueAtTime(from, now);
      tone.frequency.exponentialRampToValueAtTime(to, now + 0.09);
      gain.gain.setValueAtTime(0.0001, now);
      gain.gain.exponentialRampToValueAtTime(0.12, now + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, now + 0.16);
      tone.connect(gain).connect(this.context.destination);
      tone.start(now);
      tone.stop(now + 0.18);
    }
  }

  const voices = new WeakMap();
  let pressed = null;
  const voiceOf = (button) => {
    if (!voices.has(button)) voices.set(button, new Voice(button));
    return voices.get(button);
  };
  document.addEventListener("pointerdown", (event) => {
    const button = event.target.closest?.("button.mic");
    if (!button || event.button !== 0) return;
    pressed = voiceOf(button);
    pressed.press();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => { pressed?.release(); pressed = null; });
  }
  document.addEventListener("keydown", (event) => {   // a keyboard taps; it cannot be told from a hold
    const button = event.target.closest?.("button.mic");
    if (!button || event.repeat || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    const voice = voiceOf(button);
    voice.press();
    voice.held = false;
  });
  document.addEventListener("click", (event) => {     // a press is not also the form's
    if (event.target.closest?.("button.mic")) event.preventDefault();
  });
})();
