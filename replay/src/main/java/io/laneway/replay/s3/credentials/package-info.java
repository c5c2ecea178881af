/**
 * Credentials of machines, as SDKs of AWS find them: environment, web identity, profile, container, instance. Uses s3 and
 * json.
 */
@NullMarked
package io.laneway.replay.s3.credentials;

import org.jspecify.annotations.NullMarked;
