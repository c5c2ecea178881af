package io.laneway.gateway;

import io.laneway.gateway.server.listener.DataPlane;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;

/** Whether the files of error pages could be read when they last changed. */
record PageMetrics(DataPlane plane) implements MetricSource {

    @Override
    public void write(Exposition out) {
        out.gauge(
                "laneway_error_page_problems", "Files of error pages that are broken, while older ones stay in force.");
        out.sample(plane.parts().pageProblem().isEmpty() ? 0 : 1);
    }
}
