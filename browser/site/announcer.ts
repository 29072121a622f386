/** Says something to a screen reader. */
export function announce(text: string) {
  const announcer = document.getElementById("announcer");
  // The same text again would be no change to tell.
  if (announcer) announcer.textContent = announcer.textContent === text ? `${text}\u00a0` : text;
}
