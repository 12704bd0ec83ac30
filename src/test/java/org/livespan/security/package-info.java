/** Who sends a request, and what he may see. */
package org.livespan.security;
