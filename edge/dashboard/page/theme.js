/** Light, dark, or as the system has it: one button that goes round, remembered in this browser. */

const KEY = 'headrace-theme';
const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };

export function startTheme(button) {
  let theme = localStorage.getItem(KEY) ?? 'auto';
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-label', `Colours: ${theme}. Change to ${NEXT[theme]}`);
    button.title = `Colours: ${theme}`;
    button.dataset.theme = theme;
  };
  button.addEventListener('click', () => {
    theme = NEXT[theme] ?? 'auto';
    localStorage.setItem(KEY, theme);
    apply();
  });
  apply();
}
