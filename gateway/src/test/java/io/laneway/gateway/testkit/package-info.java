/** What end-to-end tests are made of: a gateway on free ports, a raw client, a scripted endpoint, small tables. */
package io.laneway.gateway.testkit;
