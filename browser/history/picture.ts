/** A canvas, and what paints on it. */
export interface Picture {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  clear(): void;
  /** Gets all that is on another one of the same size. */
  replace(other: Picture): void;
}

export function picture(canvas: HTMLCanvasElement): Picture {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const clear = () => context.clearRect(0, 0, canvas.width, canvas.height);
  const replace = (other: Picture) => {
    context.globalCompositeOperation = "copy";
    context.drawImage(other.canvas, 0, 0);
    context.globalCompositeOperation = "source-over";
  };
  return { canvas, context, clear, replace };
}
