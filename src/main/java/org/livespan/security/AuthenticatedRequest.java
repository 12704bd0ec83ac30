package org.livespan.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request authenticated by a token; the servlet API reports its caller as the user. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private final TokenCaller caller;

    AuthenticatedRequest(HttpServletRequest request, TokenCaller caller) {
        super(request);
        this.caller = caller;
    }

    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public String getRemoteUser() {
        return caller.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.isInRole(role);
    }

    @Override
    public String getAuthType() {
        return "Bearer";
    }
}
