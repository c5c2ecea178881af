package io.laneway.control.login;

/** The routes of logins. Stateless. */
final class LoginPaths {

    static final String BEGIN = "/v1/login{?to}";

    /** An issuer may add parameters of its own. */
    static final String END = "/v1/login/callback{?code,state,error,any*}";

    static final String LOGOUT = "/v1/logout{?everywhere}";

    private LoginPaths() {}
}
