// On a narrow window the sections scroll: the one that is shown is in view.
export {};

const here = document.querySelector<HTMLElement>(".shelf-bar nav [aria-current]");
const nav = here?.parentElement;
if (nav) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
