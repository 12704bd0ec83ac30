package org.livespan.stream;

/**
 * Who asks for a seat.
 *
 * @param address see {@link org.livespan.http.ClientAddresses}
 * @param user null if it is not known
 */
record Client(String address, String user) {}
