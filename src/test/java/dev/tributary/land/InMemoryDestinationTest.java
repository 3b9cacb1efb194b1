package dev.tributary.land;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemoryDestinationTest implements DestinationContract {

  private final InMemoryDestination destination = new InMemoryDestination();

  @Override
  public Destination destination() {
    return destination;
  }

  @Test
  void aLostAnswerDoesNotTellWhetherTheObjectLanded() {
    destination.loseAnswers(1);
    assertThat(destination.put(KEY, new byte[1], Condition.ABSENT))
        .isInstanceOf(Landing.Unknown.class);
    assertThat(destination.look(KEY)).isPresent();

    destination.delete(KEY);
    destination.loseRequests(1);
    assertThat(destination.put(KEY, new byte[1], Condition.ABSENT))
        .isInstanceOf(Landing.Unknown.class);
    assertThat(destination.look(KEY)).isEmpty();
  }
}
