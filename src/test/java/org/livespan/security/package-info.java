/** Authentication and access. */
package org.livespan.security;
