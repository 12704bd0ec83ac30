/**
 * Sessions with the database: where they are opened, on which threads, and the settings pinned in them, so that those of a role
 * or a database do not change what is read. Knows no table and no feed.
 */
package org.livespan.db;
