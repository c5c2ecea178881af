/** Which Service of which namespace has which host, where several claim it. */
@NullMarked
package io.laneway.k8s.host;

import org.jspecify.annotations.NullMarked;
