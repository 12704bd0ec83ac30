/**
 * Sessions with the database: where they are opened, by which threads, and what is pinned in them so that a role's or a
 * database's own settings change nothing that is read. Knows no table and no feed.
 */
package org.livespan.db;
