package org.livespan.appserver;

/** Someone who can log in at a server, and belongs to a group of its. */
public record User(String name, String password, String group) {}
