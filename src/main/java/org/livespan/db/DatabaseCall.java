package org.livespan.db;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;

/**
 * Runs everything that one of Livespan's threads does as one EJB call. Payara records the connections that a thread takes from a
 * pool with that call; outside a call it records them with the thread, in a table from which nothing is removed, so an
 * undeployed application would stay in memory.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseCall {

    public void run(Runnable work) {
        work.run();
    }
}
