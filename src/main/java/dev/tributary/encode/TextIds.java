package dev.tributary.encode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.ArrowBufPointer;

/** Numbers distinct texts from 0 in the order they are met; only a new one is copied. */
final class TextIds {

  private static final int FIRST_SLOTS = 64;
  private static final int FREE = -1;

  private final List<byte[]> texts = new ArrayList<>();
  private int[] slots = free(FIRST_SLOTS);
  private byte[] scratch = new byte[64];

  /** The number of the text at a pointer, a new one if it was not met before. */
  int of(ArrowBufPointer pointer) {
    int length = (int) pointer.getLength();
    if (scratch.length < length) {
      scratch = new byte[2 * length];
    }
    ArrowBuf buffer = Objects.requireNonNull(pointer.getBuf(), "a pointer to a text");
    buffer.getBytes(pointer.getOffset(), scratch, 0, length);
    int slot = slot(scratch, length);
    if (slots[slot] != FREE) {
      return slots[slot];
    }
    texts.add(Arrays.copyOf(scratch, length));
    slots[slot] = texts.size() - 1;
    if (2 * texts.size() > slots.length) {
      grow();
    }
    return texts.size() - 1;
  }

  /** The text of a number. */
  byte[] text(int id) {
    return texts.get(id);
  }

  private void grow() {
    slots = free(2 * slots.length);
    for (int id = 0; id < texts.size(); id++) {
      byte[] text = texts.get(id);
      slots[slot(text, text.length)] = id;
    }
  }

  private int slot(byte[] bytes, int length) {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 16)) & (slots.length - 1);
    while (slots[slot] != FREE) {
      byte[] there = texts.get(slots[slot]);
      if (Arrays.equals(there, 0, there.length, bytes, 0, length)) {
        return slot;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private static int[] free(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, FREE);
    return slots;
  }
}
