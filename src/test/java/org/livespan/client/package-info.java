/** The clients that others write: the module {@code livespan.js}, and those of docs/clients.md. */
package org.livespan.client;
