let context: AudioContext | null = null;

/** A sound that comes later than this would say nothing. */
const LATE_MS = 1_000;

/**
 * Two soft notes, made on the spot. Browsers demand that the person has touched the page once; until then it is silent,
 * and nothing is played behind.
 */
export async function playSound(): Promise<void> {
  context ??= new AudioContext();
  const asked = performance.now();
  if (context.state !== 'running') await context.resume();
  if (performance.now() - asked > LATE_MS) return;
  const start = context.currentTime;
  note(context, 659.25, start);
  note(context, 880, start + 0.09);
}

function note(audio: AudioContext, hertz: number, at: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.08, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.28);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.3);
}
