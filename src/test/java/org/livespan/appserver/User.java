package org.livespan.appserver;

/** Someone who can log in at a server, and belongs to one of its groups. */
public record User(String name, String password, String group) {}
