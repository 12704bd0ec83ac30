import { say, translation } from './language.js';

const at = (id) => document.getElementById(id);

/** What the client module says itself, in few words, and where more are. */
const OWN = { 'No answer': 'problem.unreachable', 'Stream ended': 'problem.ended' };

/** Shows what is in the way, as the client module tells it (RFC 9457), or that nothing is. */
export function showProblem(problem) {
  at('problem').hidden = !problem;
  if (!problem) return;
  const { title, detail = '', link, wait, final } = problem;
  const own = OWN[title];
  write(at('problem-title'), own ? say(own) : title);
  write(at('problem-detail'), own ? say(`${own}.detail`) : detail);
  setText(at('problem-next'), final ? say('problem.final') : wait ? say('problem.wait', { count: wait }) : '');
  at('problem-type').hidden = !link;
  if (link) at('problem-type').href = link;
}

/** In the reader's language where there is a translation, else in the server's. */
function write(element, english) {
  const translated = translation(english);
  element.lang = translated ? document.documentElement.lang : 'en';
  setText(element, translated ?? english);
}

/** Leaves text that is the same alone, so that a screen reader is not told it again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
