import { has, say } from './language.js';

const UNAUTHORIZED = 401;
const at = (id) => document.getElementById(id);

/** The problems that do not come from the server, by their titles. */
const OWN = { 'No answer': 'problem.unreachable', 'Stream ended': 'problem.ended', 'No feed': 'problem.no-feed' };

/** Shows a problem from the client module (RFC 9457), or hides the last one. Its title is found by the problem's type. */
export function showProblem(problem) {
  at('problem').hidden = !problem;
  if (!problem) return;
  const { title, detail = '', status, link, wait, final } = problem;
  const name = OWN[title] ?? (link && `problem.${new URL(link).hash.slice(1)}`);
  write(at('problem-title'), name, title);
  write(at('problem-detail'), `${name}.detail`, detail);
  setText(at('problem-next'), final ? say('problem.final') : wait ? say('problem.wait', { count: wait }) : '');
  at('log-in').hidden = status !== UNAUTHORIZED;
  at('problem-type').hidden = !link;
  if (link) at('problem-type').href = link;
}

/** In the reader's language if there is such a message, otherwise as the server says it. */
function write(element, name, english) {
  const isTranslated = has(name);
  element.lang = isTranslated ? document.documentElement.lang : 'en';
  setText(element, isTranslated ? say(name) : english);
}

/** Does not touch equal text, so that a screen reader does not announce it again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
