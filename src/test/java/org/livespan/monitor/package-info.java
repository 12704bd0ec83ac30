/** What the catalogue of a real PostgreSQL says of watched tables. */
package org.livespan.monitor;
