/*
 * Light, dark or the system's choice: remembered, and set before the first paint. A classic script, because a module would
 * run too late for that.
 */
{
  const NAME = 'livespan.theme';

  const remembered = () => {
    try {
      return localStorage.getItem(NAME) ?? 'system';
    } catch {
      return 'system'; // storage is forbidden here
    }
  };

  const remember = (theme) => {
    try {
      localStorage.setItem(NAME, theme);
    } catch {
      // not remembered, then
    }
  };

  const wear = (theme) => {
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new Event('theme'));
  };

  wear(remembered());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => wear(document.documentElement.dataset.theme));
  document.addEventListener('DOMContentLoaded', () => {
    const choice = document.getElementById('theme');
    if (!choice) return;
    choice.value = document.documentElement.dataset.theme;
    choice.addEventListener('change', () => {
      remember(choice.value);
      wear(choice.value);
    });
  });
}
