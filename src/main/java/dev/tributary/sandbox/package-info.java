/** A small server that speaks InfluxDB 3's dialect over Flight, for the demo and the tests. */
@NullMarked
package dev.tributary.sandbox;

import org.jspecify.annotations.NullMarked;
