/**
 * Which environment a tenant is in, as flags of OpenFeature (OFREP): a tenant comes in, the lane that the shift's slots and
 * pins assign goes out. It may use edit and http.
 */
@NullMarked
package io.laneway.control.flag;

import org.jspecify.annotations.NullMarked;
