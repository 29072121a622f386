/** Does the work in the next frame, once, however often it is asked for until then. */
export function onceAFrame(work: () => void): () => void {
  let frame = 0;
  return () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      work();
    });
  };
}
