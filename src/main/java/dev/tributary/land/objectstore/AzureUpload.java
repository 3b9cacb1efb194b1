package dev.tributary.land.objectstore;

import static dev.tributary.land.objectstore.AzureFaults.asked;

import com.azure.core.util.Context;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.tributary.land.Condition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Blocks that become an object with their list. They lie with the object, not with an upload: its
 * next change, by whomever, drops all that are not on that change's own list. So two uploads must
 * not name their blocks alike, and one that finds its blocks gone has met a rival.
 */
final class AzureUpload implements ObjectStore.Upload {

  private final AzureContainer container;
  private final String name;
  private final Map<String, String> metadata;
  private final UUID id = UUID.randomUUID();
  private final List<String> blocks = new ArrayList<>();

  AzureUpload(AzureContainer container, String name, Map<String, String> metadata) {
    this.container = container;
    this.name = name;
    this.metadata = metadata;
  }

  @Override
  public void part(Body body) throws StoreFault {
    String block = block(blocks.size());
    BlockBlobClient blob = container.blob(name);
    asked(
        () ->
            blob.stageBlockWithResponse(
                new BlockBlobStageBlockOptions(block, AzureStore.of(body)), null, Context.NONE));
    blocks.add(block);
  }

  @Override
  public String complete(Condition condition) throws StoreFault {
    BlockBlobCommitBlockListOptions options =
        new BlockBlobCommitBlockListOptions(blocks)
            .setMetadata(metadata)
            .setRequestConditions(AzureStore.conditions(condition));
    BlockBlobClient blob = container.blob(name);
    return AzureStore.changed(
        Optional.of(condition),
        () -> blob.commitBlockListWithResponse(options, null, Context.NONE).getValue().getETag());
  }

  /** Nothing to ask for: blocks on no list are invisible, and dropped after a week. */
  @Override
  public void abort() {
    blocks.clear();
  }

  /** All names of an object's blocks must be of one length. */
  private String block(int number) {
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(number)
                .array());
  }
}
