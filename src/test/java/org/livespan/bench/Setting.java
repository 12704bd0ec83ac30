package org.livespan.bench;

import org.livespan.database.TestDatabase;

/** What all scenarios are measured with, and where their figures go. */
record Setting(TestDatabase database, Orders orders, StatementLog log, Report report) {}
