// The order of the list is chosen as soon as it is picked.
export {};

const form = document.querySelector("form.sorting") as HTMLFormElement | null;
form?.addEventListener("change", () => form.requestSubmit());
