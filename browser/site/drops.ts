// What is dropped where nothing takes it must not be opened by the browser in the page's place.

for (const type of ["dragover", "drop"] as const) {
  addEventListener(type, (event) => {
    const field = event.target instanceof Element && event.target.closest("input, textarea");
    const files = event.dataTransfer?.types.includes("Files");
    if (event.defaultPrevented || (field && (!files || field.matches("[type=file]")))) return;
    event.preventDefault();
    if (type === "dragover" && event.dataTransfer) event.dataTransfer.dropEffect = "none";
  });
}
