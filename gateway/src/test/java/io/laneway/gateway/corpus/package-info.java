/** The corpus of malformed and smuggling inputs, and what runs it against a gateway. */
package io.laneway.gateway.corpus;
