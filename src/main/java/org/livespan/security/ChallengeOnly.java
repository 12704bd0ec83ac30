package org.livespan.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * Keeps of a server's answer to an unknown caller its challenges, and drops what only people can use: a form, a page that leads to
 * one, a redirect, and the cookies for these. Open Liberty writes to it; WildFly and Payara write to the response that they made.
 */
final class ChallengeOnly extends HttpServletResponseWrapper {

    ChallengeOnly(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(HttpHeaders.WWW_AUTHENTICATE)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase(HttpHeaders.WWW_AUTHENTICATE)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        // Belongs to what is dropped
    }

    @Override
    public void setIntHeader(String name, int value) {
        // Belongs to what is dropped
    }

    @Override
    public void addDateHeader(String name, long date) {
        // Belongs to what is dropped
    }

    @Override
    public void addIntHeader(String name, int value) {
        // Belongs to what is dropped
    }

    @Override
    public void addCookie(Cookie cookie) {
        // For a login that this request cannot be sent to
    }

    @Override
    public void setStatus(int status) {
        // The problem has its own
    }

    @Override
    public void sendError(int status) {
        // The problem is written instead
    }

    @Override
    public void sendError(int status, String message) {
        // The problem is written instead
    }

    @Override
    public void sendRedirect(String location) {
        // The problem is written instead
    }

    @Override
    public void setContentType(String type) {
        // The problem has its own
    }

    @Override
    public void setContentLength(int length) {
        // The problem has its own
    }

    @Override
    public void setContentLengthLong(long length) {
        // The problem has its own
    }

    @Override
    public void setLocale(Locale locale) {
        // The problem has its own
    }

    @Override
    public void reset() {
        // Would drop the headers that every answer has
    }

    @Override
    public void resetBuffer() {
        // Nothing is written yet
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        // The problem has its own
    }

    @Override
    public void flushBuffer() {
        // Nothing is written yet
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Discarded();
    }

    private static final class Discarded extends ServletOutputStream {

        @Override
        public void write(int octet) {
            // Only people can use it
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("Not asynchronous");
        }
    }
}
