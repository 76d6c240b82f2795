// The theme follows the system until the viewer chooses one. A cookie keeps the choice, and the server reads it for the
// next page. This script runs before the browser draws anything and needs no connection to the server, so that the
// first click counts.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  function apply() {
    const choice = /(?:^|; )aegis-theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
    const theme = choice ?? (system.matches ? 'dark' : 'light');
    if (root.dataset.theme !== theme) {
      root.dataset.theme = theme;
    }
    root.toggleAttribute('data-theme-chosen', choice !== undefined);
  }

  apply();
  system.addEventListener('change', apply);
  // Another tab may have changed the choice.
  document.addEventListener('visibilitychange', apply);
  addEventListener('pageshow', apply);
  // When a page loads in the background, Blazor replaces this page's attributes by those that the server knew.
  new MutationObserver(apply).observe(root, { attributeFilter: ['data-theme', 'data-theme-chosen'] });
  document.addEventListener('click', event => {
    const choice = event.target.closest?.('[data-choose-theme]')?.dataset.chooseTheme;
    if (choice) {
      document.cookie = `aegis-theme=${choice}; path=/; samesite=lax; max-age=${choice === 'system' ? 0 : 31536000}`;
      apply();
    }
  });
})();
