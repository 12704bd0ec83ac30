/** Tests of the module {@code livespan.js} and of the other clients in docs/clients.md. */
package org.livespan.client;
