/** In Hz. */
const NOTES = [659, 880];

/** Of one note, in s. */
const LENGTH = 0.35;

/** Plays a short sound. A browser may forbid it on a page that nobody has touched yet. */
export function chime() {
  const context = new AudioContext();
  const loudness = context.createGain();
  loudness.gain.value = 0.15;
  loudness.connect(context.destination);
  for (const [i, note] of NOTES.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = note;
    tone.connect(loudness);
    tone.start(context.currentTime + i * LENGTH);
    tone.stop(context.currentTime + (i + 1) * LENGTH);
    if (i === NOTES.length - 1) tone.onended = () => void context.close();
  }
}
