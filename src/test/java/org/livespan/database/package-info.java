/**
 * The PostgreSQL that tests run against: in a container or embedded, started once a run, stopped whatever happens.
 * Everybody may come in through {@link org.livespan.database.TestDatabase}; nothing here knows what is tested.
 */
package org.livespan.database;
