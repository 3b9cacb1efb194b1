package dev.tributary.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** The fields that we use of the Prometheus Operator's {@code monitoring.coreos.com/v1} type. */
record ServiceMonitor(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

  record Spec(LabelSelector selector, List<Endpoint> endpoints) {}

  record Endpoint(String port, String path, String interval, boolean honorLabels) {}
}
