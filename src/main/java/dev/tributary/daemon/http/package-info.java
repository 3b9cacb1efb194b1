/**
 * What a running daemon shows over HTTP: health, metrics and read-only pages in JSON. {@link
 * dev.tributary.daemon.http.Pages} says what; {@link dev.tributary.daemon.http.HttpPort} is the
 * only one that knows the server.
 */
@NullMarked
package dev.tributary.daemon.http;

import org.jspecify.annotations.NullMarked;
