package org.livespan.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Drops from a server's answer to an unknown caller what only people can use: a form, a page that leads to one, a redirect, and the
 * cookies for these. Its challenges are kept; status and content are then those of a problem.
 *
 * <p>Open Liberty writes to this; WildFly and Payara write to the response that they made.
 */
final class ChallengeOnly extends HttpServletResponseWrapper {

    ChallengeOnly(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void addCookie(Cookie cookie) {
        // Only a login needs it
    }

    @Override
    public void sendRedirect(String location) {
        // A problem is written instead
    }

    @Override
    public void sendError(int status) {
        // A problem is written instead
    }

    @Override
    public void sendError(int status, String message) {
        // A problem is written instead
    }

    @Override
    public void setContentType(String type) {
        // Its charset would stay
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        // It would stay
    }

    @Override
    public void reset() {
        // Would drop the headers that every answer has
    }

    @Override
    public void flushBuffer() {
        // There is no content yet
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Discarding();
    }

    private static final class Discarding extends ServletOutputStream {

        @Override
        public void write(int octet) {
            // A problem is written instead
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("authentication is synchronous");
        }
    }
}
