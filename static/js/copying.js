// @ts-check
// The selection, or all, as a picture for other programs.

/** @import { Editor } from "./editor.js" */

/** @param {Editor} _editor */
export function copySvg(_editor) {}

/** @param {Editor} _editor */
export function copyPng(_editor) {}
