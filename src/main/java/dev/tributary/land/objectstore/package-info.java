/**
 * Destinations in object stores. One {@code ObjectDestination} holds what is true of all of them;
 * an {@code ObjectStore} is what one vendor's client does, a request at a time.
 */
@NullMarked
package dev.tributary.land.objectstore;

import org.jspecify.annotations.NullMarked;
