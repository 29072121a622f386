import { toast } from "./toast.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

const number = new Intl.NumberFormat("en");

/**
 * A browser cuts what is pasted into a field with a `maxlength`, and says nothing. Here it is refused as a whole, with the reason:
 * then nothing is lost, since the clipboard still has it.
 */
document.addEventListener(
  "beforeinput",
  (event) => {
    const { target, inputType, data, dataTransfer } = event;
    if (!isField(target) || target.maxLength < 0 || event.isComposing || !inputType.startsWith("insert")) return;
    const added = data ?? dataTransfer?.getData("text/plain") ?? "";
    const length =
      target.value.length - ((target.selectionEnd ?? 0) - (target.selectionStart ?? 0)) + lengthIn(target, added);
    const over = length - target.maxLength;
    if (over <= 0) return;
    event.preventDefault();
    const most = `This holds at most ${number.format(target.maxLength)} characters`;
    const pasted = inputType === "insertFromPaste" || inputType === "insertFromDrop" || added.length > 2;
    toast(
      "error",
      pasted
        ? `${most}; with that it would have ${number.format(length)}, ${number.format(over)} too many. Nothing was added.`
        : `${most}.`,
    );
  },
  true,
);

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** How much longer a text makes the field: Windows ends lines by two characters, and an input has no lines. */
function lengthIn(field: Field, text: string) {
  return (
    text.replace(/\r\n?/g, "\n").length -
    (field instanceof HTMLInputElement ? (text.match(/[\r\n]+/g)?.length ?? 0) : 0)
  );
}
