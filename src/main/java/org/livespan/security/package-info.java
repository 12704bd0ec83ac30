/**
 * Who sends a request, and which feeds he may see. {@link org.livespan.security.AuthenticationFilter} finds out who it is, {@link
 * org.livespan.security.FeedAccess} what he may see.
 */
package org.livespan.security;
