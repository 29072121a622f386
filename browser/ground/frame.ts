/** Does the work in the next frame, once, however often it is asked for until then. */
export function onceAFrame(work: () => void): () => void {
  // biome-ignore lint/correctness/noUnusedVariables: ||= reads it
  let frame = 0;
  return () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      work();
    });
  };
}
