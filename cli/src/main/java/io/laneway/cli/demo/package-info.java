/** The demo: three little services, their lanes, a control API and a gateway in one process. */
@NullMarked
package io.laneway.cli.demo;

import org.jspecify.annotations.NullMarked;
