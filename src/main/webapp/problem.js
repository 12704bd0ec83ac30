/**
 * What went wrong, in one form for the page: `{title, detail, status, link, wait, final}`.
 *
 * `link` leads to the problem type (RFC 9457) or is undefined, `wait` is the number of seconds after which to try again,
 * `final` says that trying again would meet the same answer.
 */

const DEFAULT_WAIT_SECONDS = 5;

/** The problem at an address, or undefined when the address answers well. Rejects only when the signal is aborted. */
export async function problemAt(address, signal) {
  try {
    const response = await fetch(address, { signal, cache: 'no-store' });
    if (!response.ok) return await problemIn(response);
    // Only the status was wanted, and a stream's body would never end.
    await response.body?.cancel();
    return undefined;
  } catch (failure) {
    signal?.throwIfAborted();
    return unreachable();
  }
}

/** The problem that a failed response tells. */
export async function problemIn(response) {
  const stated = await statement(response);
  const { status } = response;
  return {
    title: stated?.title ?? `The server answered ${status} ${response.statusText}`.trim(),
    detail: stated?.detail ?? '',
    status,
    link: typeLink(stated?.type, response.url),
    wait: retryAfter(response.headers.get('Retry-After')),
    final: isFinal(status, stated),
  };
}

/** The problem that the server sent as the data of a named event; the stream goes on. */
export function problemInEvent(data, address) {
  const stated = parsed(data);
  return {
    title: stated?.title ?? 'The server met a problem',
    detail: stated?.detail ?? String(data),
    status: stated?.status,
    link: typeLink(stated?.type, new URL(address, document.baseURI)),
    final: false,
  };
}

export function unreachable() {
  return {
    title: 'The server cannot be reached',
    detail: 'No answer came. The server may be restarting, or the network may be down.',
    wait: DEFAULT_WAIT_SECONDS,
    final: false,
  };
}

export function endedWithoutReason() {
  return {
    title: 'The stream was closed',
    detail: 'The server answers, but it did not keep the stream open.',
    wait: DEFAULT_WAIT_SECONDS,
    final: false,
  };
}

async function statement(response) {
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json');
  return isProblem ? parsed(await response.text()) : undefined;
}

function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A 404 that is not Livespan's own comes from a server whose application is not deployed yet: that passes. */
function isFinal(status, stated) {
  return status < 500 && !(status === 404 && stated === undefined);
}

/** Seconds until the time that Retry-After (RFC 9110, 10.2.3) gives, as seconds or as a date. */
function retryAfter(header) {
  if (!header) return DEFAULT_WAIT_SECONDS;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? DEFAULT_WAIT_SECONDS : Math.max(1, Math.ceil(seconds));
}

/** A type is resolved against the address it came from; what is no web address ("about:blank") is no link. */
function typeLink(type, base) {
  if (typeof type !== 'string' || !URL.canParse(type, base)) return undefined;
  const link = new URL(type, base);
  return ['http:', 'https:'].includes(link.protocol) ? link.href : undefined;
}
