package dev.tributary.job;

import java.net.URI;
import java.util.Map;

/**
 * A destination as the operator defined it.
 *
 * @param name the key under {@code destinations}
 * @param url {@code file:///absolute/path} and, for object stores, {@code s3://bucket/prefix},
 *     {@code az://container/prefix}, {@code gs://bucket/prefix}; without trailing slash
 * @param singleWriter the operator's word that nobody else writes here, which allows stores without
 *     links, locks or conditional puts
 * @param settings the store's own settings by key, plain text
 * @param secrets the store's secrets by key, by reference
 */
public record DestinationSpec(
    String name,
    URI url,
    boolean singleWriter,
    Map<String, String> settings,
    Map<String, Secret> secrets) {

  public DestinationSpec {
    settings = Map.copyOf(settings);
    secrets = Map.copyOf(secrets);
  }
}
