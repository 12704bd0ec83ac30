/*
 * Light, dark or as the system has it: remembered, and set before the first paint. A classic script, as a module would
 * come too late for that.
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
      // then it holds for this visit
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
