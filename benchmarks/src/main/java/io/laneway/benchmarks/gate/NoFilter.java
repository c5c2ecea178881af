package io.laneway.benchmarks.gate;

import io.laneway.filter.Filter;
import io.laneway.filter.FilterFactory;
import io.laneway.filter.FilterResult;
import io.laneway.filter.FilterSettings;

/** Makes filters that let everything pass as it is. Stateless. */
public final class NoFilter implements FilterFactory {

    @Override
    public String kind() {
        return "none";
    }

    @Override
    public Filter create(FilterSettings settings) {
        return request -> FilterResult.proceed().now();
    }
}
