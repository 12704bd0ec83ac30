/** Payara Micro in a process of its own, as the tests, the demo and whoever measures need it. */
package org.livespan.payara;
