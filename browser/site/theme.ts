// Light, dark, or what the system says. base.html applies the stored choice before the first paint.

const KEY = "easel:theme";
const root = document.documentElement;
const choices: NodeListOf<HTMLElement> = document.querySelectorAll("[data-theme-choice]");

/** @param theme "light", "dark" or "auto" */
function setTheme(theme: string) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows the theme, on this page.
  }
  press();
}

export function toggleTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(dark ? "light" : "dark");
}

function press() {
  const theme = root.dataset.theme ?? "auto";
  for (const choice of choices) {
    const state = choice.role === "menuitemradio" ? "aria-checked" : "aria-pressed";
    choice.setAttribute(state, String(choice.dataset.themeChoice === theme));
  }
}

for (const choice of choices) choice.addEventListener("click", () => setTheme(choice.dataset.themeChoice ?? "auto"));

// Another tab has chosen.
addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  if (event.newValue) root.dataset.theme = event.newValue;
  else delete root.dataset.theme;
  press();
});

press();
