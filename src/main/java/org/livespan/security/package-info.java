/**
 * Authentication and access: {@link org.livespan.security.AuthenticationFilter} identifies the caller of a request, {@link
 * org.livespan.security.FeedAccess} decides which feeds that caller may read.
 */
package org.livespan.security;
