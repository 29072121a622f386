/** Of Excalidraw's; whatever a clipboard may hold. */
export type Element = Record<string, any>;
