/** Feeds: their settings, and what they read from a real PostgreSQL. */
package org.livespan.feed;
