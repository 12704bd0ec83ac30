package org.livespan.db;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;

/**
 * Runs all that a thread of its own does, as one call of an EJB: to that call Payara charges the connections it takes from
 * a pool. Those of a thread outside such a call it charges to the thread, in a table from which nothing is removed, so that
 * an application that was undeployed would stay in memory.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseCall {

    public void run(Runnable work) {
        work.run();
    }
}
