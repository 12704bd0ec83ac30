/**
 * The PostgreSQL that tests run against: in a container or embedded, started once a run, and stopped whatever happens.
 * Tests use it through {@link org.livespan.database.TestDatabase}; nothing here knows what is tested.
 */
package org.livespan.database;
